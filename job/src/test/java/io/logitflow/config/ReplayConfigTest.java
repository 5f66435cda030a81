package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayConfigTest {

  @Test
  void withRequiredOptionsOnlyItIsAnAuditOfEverything() throws ConfigurationException {
    ReplayConfig config = ReplayConfig.from(options(Map.of()));

    assertThat(config.mode()).isEqualTo(ReplayMode.AS_SERVED);
    assertThat(config.models()).isEmpty();
    assertThat(config.timeline()).isEqualTo(TimelineSource.PREDICTIONS);
    assertThat(config.isByDecisions()).isFalse();
    assertThat(config.from()).isEqualTo(new StartingPoint.Earliest());
    assertThat(config.to()).isEqualTo(new TopicPoint.Latest());
    assertThat(config.runId()).matches("replay-fashion-\\d{8}T\\d{6}\\.\\d{3}");
    assertThat(config.maxDifferences()).isEqualTo(100);
    assertThat(config.window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.retention()).isEqualTo(Duration.ofHours(1));
    assertThat(config.stateBackend()).isEqualTo(StateBackendChoice.CLUSTER);
    assertThat(config.kernel()).isEqualTo(KernelChoice.AUTO);
    assertThat(config.device()).isEqualTo(DeviceChoice.AUTO);
    assertThat(config.reading().range().bounded()).isTrue();
    assertThat(config.reading().parallelism()).isEmpty();
    assertThat(config.features().wireFormat()).isEqualTo(WireFormat.SINGLE_OBJECT);
    assertThat(config.kafka().consumer()).containsEntry("group.id", "logitflow-replay-fashion");
  }

  @Test
  void everyOptionIsTakenOver() throws ConfigurationException {
    ReplayConfig config =
        ReplayConfig.from(
            options(
                Map.of(
                    "models", "champion, 7",
                    "from", "2026-01-31T00:00:00Z",
                    "to", "features-0@12",
                    "run-id", "nightly",
                    "max-differences", "5",
                    "window", "2 h",
                    "retention", "3 d",
                    "state-backend", "rocksdb",
                    "kernel", "scalar",
                    "parallelism", "3")));

    assertThat(config.mode()).isEqualTo(ReplayMode.WITH_MODELS);
    assertThat(config.models()).containsExactly("champion", "7");
    assertThat(config.from())
        .isEqualTo(new TopicPoint.Timestamp(Instant.parse("2026-01-31T00:00:00Z")));
    assertThat(config.to()).isEqualTo(new TopicPoint.Offsets(Map.of("features-0", 12L)));
    assertThat(config.runId()).isEqualTo("nightly");
    assertThat(config.maxDifferences()).isEqualTo(5);
    assertThat(config.window()).isEqualTo(Duration.ofHours(2));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(3));
    assertThat(config.stateBackend()).isEqualTo(StateBackendChoice.ROCKSDB);
    assertThat(config.kernel()).isEqualTo(KernelChoice.SCALAR);
    assertThat(config.reading().parallelism()).isEqualTo(OptionalInt.of(3));
    assertThat(ReplayConfig.from(options(Map.of("mode", "by-timeline"))).mode())
        .isEqualTo(ReplayMode.BY_TIMELINE);
  }

  @Test
  void aTimelineIsAskedForByItsMode() throws ConfigurationException {
    ReplayConfig config = ReplayConfig.from(options(Map.of("timeline", "decisions")));

    assertThat(config.mode()).isEqualTo(ReplayMode.BY_TIMELINE);
    assertThat(config.timeline()).isEqualTo(TimelineSource.DECISIONS);
    assertThat(config.isByDecisions()).isTrue();
    assertThat(ReplayConfig.from(options(Map.of("timeline", "predictions"))).isByDecisions())
        .isFalse();
    ConfigurationException problems =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> ReplayConfig.from(options(Map.of("timeline", "decisions", "models", "3"))));
    assertThat(problems)
        .hasMessageContaining("timeline = decisions: expected none with mode = with-models");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode|with-models|models: not set; expected versions or aliases",
        "mode|backwards|mode = backwards: expected one of as-served, with-models, by-timeline",
        "models|3,,4|models = 3,,4: expected versions or aliases, separated by commas",
        "from|latest|from = latest: expected a point with records after it",
        "from|yesterday|from = yesterday: expected earliest, latest",
        "to|earliest|to = earliest: expected latest",
        "max-differences|-1|max-differences = -1: expected 0 to 1000",
        "timeline|memory|timeline = memory: expected one of predictions, decisions",
        "run-id|a b|run-id = a b: expected 1 to 200 letters",
        "recalibration|off|recalibration: unknown option",
        "wire-format|confluent|registry-url: not set; expected an http or https address"
      })
  void whatCannotBeIsRefused(String key, String value, String message) {
    ConfigurationException problems =
        catchThrowableOfType(
            ConfigurationException.class, () -> ReplayConfig.from(options(Map.of(key, value))));
    assertThat(problems).hasMessageContaining(message);
  }

  @Test
  void boundsAndModelsThatContradictEachOtherAreRefusedTogether() {
    ConfigurationException problems =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                ReplayConfig.from(
                    options(
                        Map.of("mode", "as-served", "models", "3", "from", "1 h", "to", "2 h"))));
    assertThat(problems.problems())
        .extracting(Problem::toString)
        .isEqualTo(
            List.of(
                "models = 3: expected none with mode = as-served",
                "to = 2 h: expected a shorter time before now than from (1 h)"));
  }

  private static Configuration options(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.put("bootstrap-servers", "localhost:9092");
    options.put("model", "fashion");
    return Configuration.fromMap(options);
  }
}
