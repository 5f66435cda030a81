package io.logitflow.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Split;
import io.logitflow.generator.drift.Drift;
import io.logitflow.generator.encoding.WireFormat;
import io.logitflow.generator.schedule.LabelDelay;
import io.logitflow.generator.schedule.LoadRate;
import io.logitflow.generator.sink.KafkaTarget;
import io.logitflow.generator.sink.Partitioning;
import io.logitflow.generator.sink.TopicTarget;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LoadConfigTest {
  private static Dataset digits;

  @BeforeAll
  static void open() throws Exception {
    digits = DatasetCatalogue.open("digits");
  }

  @Test
  void defaultsSendTheDefaultSplitOnceAsFastAsPossible() {
    LoadConfig config = LoadConfig.builder().dataset(digits).build();
    assertThat(config)
        .isEqualTo(
            new LoadConfig(
                new KafkaTarget(
                    "localhost:9092",
                    Map.of(),
                    new TopicTarget("features", new Partitioning.ByKey()),
                    Optional.of(new TopicTarget("labels", new Partitioning.ByKey())),
                    OptionalInt.empty()),
                digits,
                Split.TEST,
                LoadRate.UNLIMITED,
                LoadConfig.FOREVER,
                LoadConfig.ENDLESS,
                1,
                false,
                0,
                EventTime.SCHEDULE,
                LabelDelay.none(),
                PendingLabelPolicy.WAIT,
                Duration.ofSeconds(30),
                2_000_000,
                LabelFormat.INDEX,
                List.of(),
                WireFormat.SINGLE_OBJECT,
                Optional.empty()));
  }

  @Test
  void everySettingIsTaken() throws Exception {
    Dataset flights = DatasetCatalogue.open("flights");
    LoadConfig config =
        LoadConfig.builder()
            .bootstrapServers("a:1,b:2")
            .producer("linger.ms", "0")
            .featuresTopic("f")
            .labelsTopic("l")
            .partitioning(new Partitioning.RoundRobin())
            .labelPartitioning(new Partitioning.Fixed(3))
            .createTopics(4)
            .dataset(flights)
            .split(Split.TRAIN)
            .rate(5)
            .limit(6)
            .duration(Duration.ofSeconds(7))
            .passes(8)
            .shuffle(true)
            .seed(9)
            .eventTime(EventTime.DATA)
            .labelDelay(LabelDelay.parse("constant:10s"))
            .pendingLabels(PendingLabelPolicy.DROP)
            .pendingLabelsWait(Duration.ofSeconds(11))
            .maxPendingLabels(12)
            .labelFormat(LabelFormat.NAME)
            .drift(Drift.parse("noise:13"))
            .wireFormat(WireFormat.CONFLUENT)
            .registry(URI.create("http://r:14"))
            .build();
    assertThat(config)
        .isEqualTo(
            new LoadConfig(
                new KafkaTarget(
                    "a:1,b:2",
                    Map.of("linger.ms", "0"),
                    new TopicTarget("f", new Partitioning.RoundRobin()),
                    Optional.of(new TopicTarget("l", new Partitioning.Fixed(3))),
                    OptionalInt.of(4)),
                flights,
                Split.TRAIN,
                LoadRate.of(5),
                6,
                Duration.ofSeconds(7),
                8,
                true,
                9,
                EventTime.DATA,
                LabelDelay.parse("constant:10s"),
                PendingLabelPolicy.DROP,
                Duration.ofSeconds(11),
                12,
                LabelFormat.NAME,
                List.of(Drift.parse("noise:13")),
                WireFormat.CONFLUENT,
                Optional.of(URI.create("http://r:14"))));
  }

  @Test
  void limitOrDurationTakesAsManyPassesAsItNeeds() {
    assertThat(LoadConfig.builder().dataset(digits).limit(1).build().passes())
        .isEqualTo(LoadConfig.FOREVER);
    assertThat(
            LoadConfig.builder().dataset(digits).duration(Duration.ofSeconds(1)).build().passes())
        .isEqualTo(LoadConfig.FOREVER);
    assertThat(LoadConfig.builder().dataset(digits).limit(1).passes(1).build().passes())
        .isEqualTo(1);
  }

  @Test
  void everythingThatDoesNotFitIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                LoadConfig.builder()
                    .dataset(digits)
                    .limit(-1)
                    .maxPendingLabels(0)
                    .wireFormat(WireFormat.CONFLUENT)
                    .eventTime(EventTime.DATA)
                    .drift(Drift.parse("labels:x=1"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "limit -1",
            "at most 0 pending labels",
            "--registry-url",
            "digits has no times",
            "no such class");
    assertThatThrownBy(() -> LoadConfig.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a data set is required");
  }
}
