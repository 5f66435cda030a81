package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.promotion.DriftPolicy;
import io.logitflow.promotion.PromotionPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackConfigTest {

  @Nested
  class WithRequiredOptionsOnly {

    @Test
    void everythingElseHasItsDefault() throws ConfigurationException {
      FeedbackConfig config = FeedbackConfig.from(required(Map.of()));

      assertThat(config)
          .isEqualTo(
              new FeedbackConfig(
                  new KafkaConfig(
                      "localhost:9092",
                      Map.of(
                          "group.id", "logitflow-feedback-fashion",
                          "isolation.level", "read_committed",
                          "max.partition.fetch.bytes", "4194304",
                          "max.poll.records", "4000",
                          "receive.buffer.bytes", "-1"),
                      Map.of(
                          "acks", "all",
                          "batch.size", "262144",
                          "compression.type", "none",
                          "linger.ms", "2",
                          "send.buffer.bytes", "-1")),
                  new TopicNames(
                      "features",
                      "predictions",
                      "labels",
                      "calibration",
                      "decisions",
                      "models",
                      "evaluations",
                      "dead-letters"),
                  "fashion",
                  WireFormat.SINGLE_OBJECT,
                  WireFormat.SINGLE_OBJECT,
                  Optional.empty(),
                  new WindowConfig(
                      Duration.ofMinutes(1),
                      Duration.ofMinutes(10),
                      Duration.ofHours(1),
                      Duration.ofSeconds(10)),
                  new RecalibrationConfig(
                      RecalibrationMode.APPLY, Duration.ofMinutes(15), 2000, 100_000),
                  new PromotionConfig(
                      PromotionMode.APPLY,
                      Duration.ofMinutes(15),
                      new PromotionPolicy(0.05, 100, 1_000, 100_000, 0.005, 0.01),
                      true,
                      new DriftPolicy(0.02, 2_000)),
                  StateBackendChoice.CLUSTER,
                  new DeliveryConfig(
                      Guarantee.AT_LEAST_ONCE,
                      "logitflow-feedback-fashion-labels",
                      Duration.ofMinutes(15),
                      Optional.of(Duration.ofSeconds(10)),
                      524_288),
                  new ReadingConfig(
                      new ReadingRange(new StartingPoint.Committed(), Optional.empty()),
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(10),
                      OptionalInt.empty())));
    }
  }

  @Nested
  class WithEveryOption {

    private Map<String, String> everyOption() {
      Map<String, String> options = new LinkedHashMap<>();
      options.put("bootstrap-servers", "one:9092,two:9093");
      options.put("topic-prefix", "shop.");
      options.put("features-topic", "f");
      options.put("predictions-topic", "p");
      options.put("labels-topic", "l");
      options.put("calibration-topic", "c");
      options.put("decisions-topic", "x");
      options.put("models-topic", "m");
      options.put("evaluations-topic", "e");
      options.put("dead-letters-topic", "d");
      options.put("model", "fraud");
      options.put("prediction-wire-format", "bare");
      options.put("labels-wire-format", "confluent");
      options.put("registry-url", "https://registry:8443/apis/ccompat/v7");
      options.put("window", "5 min");
      options.put("maturity", "2 h");
      options.put("retention", "1 d");
      options.put("report-interval", "500 ms");
      options.put("recalibration", "propose");
      options.put("recalibration-interval", "6 h");
      options.put("recalibration-labels", "700");
      options.put("recalibration-sample", "9000");
      options.put("promotion", "propose");
      options.put("promotion-alpha", "0.01");
      options.put("promotion-expected-variance", "12.5");
      options.put("promotion-min-labels", "300");
      options.put("promotion-max-labels", "4000");
      options.put("promotion-accuracy-tolerance", "0.001");
      options.put("promotion-calibration-tolerance", "0.02");
      options.put("promotion-interval", "1 h");
      options.put("drift-alarm", "false");
      options.put("drift-tolerance", "0.03");
      options.put("drift-reference-labels", "5000");
      options.put("state-backend", "rocksdb");
      options.put("from", "2026-01-31T00:00:00Z");
      options.put("to", "6h");
      options.put("bounded", "true");
      options.put("max-out-of-orderness", "1 min");
      options.put("idle-timeout", "30 s");
      options.put("parallelism", "3");
      options.put("delivery-guarantee", "exactly-once");
      options.put("transactional-id-prefix", "fraud-eu");
      options.put("transaction-timeout", "5 min");
      options.put("checkpoint-interval", "500 ms");
      options.put("dead-letter-max-bytes", "1024");
      return options;
    }

    @Test
    void eachReachesItsPlace() throws ConfigurationException {
      Map<String, String> options = everyOption();
      options.put("consumer.group.id", "mine");
      options.put("producer.compression.type", "lz4");

      FeedbackConfig config = FeedbackConfig.from(Configuration.fromMap(options));

      assertThat(config)
          .isEqualTo(
              new FeedbackConfig(
                  new KafkaConfig(
                      "one:9092,two:9093",
                      Map.of(
                          "group.id", "mine",
                          "isolation.level", "read_committed",
                          "max.partition.fetch.bytes", "4194304",
                          "max.poll.records", "4000",
                          "receive.buffer.bytes", "-1"),
                      Map.of(
                          "acks", "all",
                          "batch.size", "262144",
                          "compression.type", "lz4",
                          "linger.ms", "2",
                          "send.buffer.bytes", "-1")),
                  new TopicNames(
                      "shop.f", "shop.p", "shop.l", "shop.c", "shop.x", "shop.m", "shop.e",
                      "shop.d"),
                  "fraud",
                  WireFormat.BARE,
                  WireFormat.CONFLUENT,
                  Optional.of(URI.create("https://registry:8443/apis/ccompat/v7")),
                  new WindowConfig(
                      Duration.ofMinutes(5),
                      Duration.ofHours(2),
                      Duration.ofDays(1),
                      Duration.ofMillis(500)),
                  new RecalibrationConfig(
                      RecalibrationMode.PROPOSE, Duration.ofHours(6), 700, 9000),
                  new PromotionConfig(
                      PromotionMode.PROPOSE,
                      Duration.ofHours(1),
                      new PromotionPolicy(0.01, 12.5, 300, 4_000, 0.001, 0.02),
                      false,
                      new DriftPolicy(0.03, 5_000)),
                  StateBackendChoice.ROCKSDB,
                  new DeliveryConfig(
                      Guarantee.EXACTLY_ONCE,
                      "fraud-eu",
                      Duration.ofMinutes(5),
                      Optional.of(Duration.ofMillis(500)),
                      1024),
                  new ReadingConfig(
                      new ReadingRange(
                          new TopicPoint.Timestamp(Instant.parse("2026-01-31T00:00:00Z")),
                          Optional.of(new TopicPoint.Ago(Duration.ofHours(6)))),
                      Duration.ofMinutes(1),
                      Duration.ofSeconds(30),
                      OptionalInt.of(3))));
    }

    @Test
    void noneIsForgottenByThisTest() {
      assertThat(everyOption().keySet())
          .containsExactlyInAnyOrderElementsOf(JobOptions.FEEDBACK.keys());
    }

    @Test
    void typedValuesWorkAsTextsDo() throws ConfigurationException {
      Configuration typed = required(Map.of());
      typed.set(FeedbackOptions.MATURITY, Duration.ZERO);
      typed.set(FeedbackOptions.RECALIBRATION, RecalibrationMode.OFF);
      typed.set(FeedbackOptions.STATE_BACKEND, StateBackendChoice.HEAP);

      FeedbackConfig config = FeedbackConfig.from(typed);

      assertThat(config.windows().maturity()).isZero();
      assertThat(config.recalibration().mode()).isEqualTo(RecalibrationMode.OFF);
      assertThat(config.stateBackend()).isEqualTo(StateBackendChoice.HEAP);
    }
  }

  @Nested
  class Refuses {

    @Test
    void nothingAtAllAsTwoMissingOptions() {
      assertThat(problems(new Configuration()))
          .containsExactly(
              "model: not set; expected 1 to 200 letters, digits, '.', '_' and '-'",
              "bootstrap-servers: not set; expected host:port, several separated by commas");
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        delimiter = '|',
        value = {
          "decisions-topic | a b | a topic name",
          "decisions-topic | calibration | another topic than that of calibration-topic",
          "labels-wire-format | json | one of single-object, confluent, bare",
          "window | 999 ms | 1 s to 1 d",
          "window | 25 h | 1 s to 1 d",
          "maturity | 2 h | at least maturity (2 h)",
          "maturity | 366 d | 0 ms to 365 d",
          "retention | 0 | 1 ms to 365 d",
          "retention | 9 min | at least maturity (10 min)",
          "report-interval | 99 ms | 100 ms to 1 h",
          "report-interval | 61 min | 100 ms to 1 h",
          "recalibration | always | one of off, propose, apply",
          "recalibration-interval | 0 | 1 s to 365 d",
          "recalibration-labels | 0 | 1 to 1000000000",
          "recalibration-sample | 999 | 1000 to 10000000",
          "recalibration-sample | 10000001 | 1000 to 10000000",
          "promotion | always | one of off, propose, apply",
          "promotion-alpha | 0 | 1.0E-9 to 0.4",
          "promotion-alpha | 5% | 1.0E-9 to 0.4",
          "promotion-expected-variance | 0 | 0.01 to 1000000000",
          "promotion-min-labels | 0 | 1 to 1000000000",
          "promotion-max-labels | 999 | at least promotion-min-labels (1000)",
          "promotion-accuracy-tolerance | -0.1 | 0 to 1",
          "promotion-calibration-tolerance | NaN | 0 to 1",
          "promotion-interval | 0 | 1 s to 365 d",
          "drift-alarm | loud | true or false",
          "drift-tolerance | 2 | 1.0E-6 to 1",
          "drift-reference-labels | 9 | 10 to 1000000000",
          "state-backend | disk | one of cluster, heap, rocksdb",
          "dead-letter-max-bytes | 1 mb | at most 983040",
          "to | committed | latest, a time such as",
          "from | never | earliest, latest, committed, a time such as",
          "producer.acks | 1 | expected all",
        })
    void aWrongValueWithWhatWouldBeRight(String key, String value, String expectation) {
      assertThat(problems(required(Map.of(key, value))))
          .singleElement()
          .asString()
          .contains(expectation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "micro-batch-size", "wire-format", "features-schema"})
    void optionsOfAnotherJob(String key) {
      assertThat(problems(required(Map.of(key, "1"))))
          .singleElement()
          .asString()
          .startsWith(key + ": unknown option");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prediction-wire-format", "labels-wire-format"})
    void confluentWithoutARegistry(String key) {
      assertThat(problems(required(Map.of(key, "confluent"))))
          .containsExactly(
              "registry-url: not set; expected an http or https address, because of "
                  + key
                  + " = confluent");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31, 2026-01-31, a time after from", "6h, 7h, a shorter time before now"})
    void anEndBeforeTheBeginning(String from, String to, String expectation) {
      assertThat(problems(required(Map.of("from", from, "to", to))))
          .singleElement()
          .asString()
          .contains(expectation);
    }

    @Test
    void exactlyOnceWithoutCheckpoints() {
      assertThat(
              problems(
                  required(
                      Map.of("delivery-guarantee", "exactly-once", "checkpoint-interval", "0"))))
          .containsExactly(
              "checkpoint-interval = 0: expected more than 0, because of delivery-guarantee ="
                  + " exactly-once");
    }

    @Test
    void whatTheBrokerLacks() {
      assertThat(
              problems(
                  required(Map.of("window", "0")),
                  List.of(new Problem("labels-topic", Optional.of("labels"), "create it"))))
          .containsExactly("window = 0: expected 1 s to 1 d", "labels-topic = labels: create it");
    }
  }

  private static Configuration required(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", "localhost:9092");
    options.put("model", "fashion");
    options.putAll(more);
    return Configuration.fromMap(options);
  }

  private static List<String> problems(Configuration configuration) {
    return problems(configuration, List.of());
  }

  private static List<String> problems(Configuration configuration, List<Problem> ofTheBroker) {
    try {
      FeedbackConfig.from(configuration, config -> ofTheBroker);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
