package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringConfigTest {

  private static final Schema SENSOR =
      SchemaBuilder.record("Sensor").fields().requiredString("id").endRecord();

  @TempDir private Path directory;

  @Nested
  class WithRequiredOptionsOnly {

    @Test
    void everythingElseHasItsDefault() throws ConfigurationException {
      ScoringConfig config = ScoringConfig.from(required(Map.of()));

      assertThat(config)
          .isEqualTo(
              new ScoringConfig(
                  new KafkaConfig(
                      "localhost:9092",
                      Map.of(
                          "group.id", "logitflow-scoring-fashion",
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
                  new FeatureFormat(
                      WireFormat.SINGLE_OBJECT,
                      List.of(),
                      "id",
                      "time",
                      "segment",
                      "features",
                      "indices",
                      1_048_576),
                  WireFormat.SINGLE_OBJECT,
                  Optional.empty(),
                  new MicroBatchConfig(256, Duration.ofMillis(5), true),
                  KernelChoice.AUTO,
                  DeviceChoice.AUTO,
                  true,
                  new DeliveryConfig(
                      Guarantee.AT_LEAST_ONCE,
                      "logitflow-scoring-fashion-features",
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

    private Map<String, String> everyOption() throws IOException {
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
      options.put("kernel", "scalar");
      options.put("shadow-previous", "false");
      options.put("device", "cpu");
      options.put("wire-format", "bare");
      options.put("prediction-wire-format", "confluent");
      options.put("registry-url", "https://registry:8443/apis/ccompat/v7");
      options.put("features-schema", schemaFile().toString());
      options.put("features-id-field", "key");
      options.put("features-time-field", "at");
      options.put("features-segment-field", "country");
      options.put("features-field", "embedding");
      options.put("features-indices-field", "columns");
      options.put("max-record-bytes", "2 mb");
      options.put("micro-batch-size", "64");
      options.put("micro-batch-delay", "20 ms");
      options.put("micro-batch-flush-when-idle", "false");
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
    void eachReachesItsPlace() throws ConfigurationException, IOException {
      Map<String, String> options = everyOption();
      options.put("consumer.group.id", "mine");
      options.put("consumer.max.poll.records", "100");
      options.put("producer.linger.ms", "0");
      options.put("producer.compression.type", "lz4");

      ScoringConfig config = ScoringConfig.from(Configuration.fromMap(options));

      assertThat(config)
          .isEqualTo(
              new ScoringConfig(
                  new KafkaConfig(
                      "one:9092,two:9093",
                      Map.of(
                          "group.id", "mine",
                          "isolation.level", "read_committed",
                          "max.partition.fetch.bytes", "4194304",
                          "max.poll.records", "100",
                          "receive.buffer.bytes", "-1"),
                      Map.of(
                          "acks", "all",
                          "batch.size", "262144",
                          "compression.type", "lz4",
                          "linger.ms", "0",
                          "send.buffer.bytes", "-1")),
                  new TopicNames(
                      "shop.f", "shop.p", "shop.l", "shop.c", "shop.x", "shop.m", "shop.e",
                      "shop.d"),
                  "fraud",
                  new FeatureFormat(
                      WireFormat.BARE,
                      List.of(SENSOR.toString()),
                      "key",
                      "at",
                      "country",
                      "embedding",
                      "columns",
                      2_097_152),
                  WireFormat.CONFLUENT,
                  Optional.of(URI.create("https://registry:8443/apis/ccompat/v7")),
                  new MicroBatchConfig(64, Duration.ofMillis(20), false),
                  KernelChoice.SCALAR,
                  DeviceChoice.CPU,
                  false,
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
    void noneIsForgottenByThisTest() throws IOException {
      assertThat(everyOption().keySet())
          .containsExactlyInAnyOrderElementsOf(JobOptions.SCORING.keys());
    }

    @Test
    void typedValuesWorkAsTextsDo() throws ConfigurationException {
      Configuration typed = required(Map.of());
      typed.set(MicroBatchOptions.SIZE, 7);
      typed.set(MicroBatchOptions.DELAY, Duration.ofMillis(9));
      typed.set(DeliveryOptions.GUARANTEE, Guarantee.EXACTLY_ONCE);
      typed.set(ModelOptions.KERNEL, KernelChoice.VECTOR);

      ScoringConfig config = ScoringConfig.from(typed);

      assertThat(config.microBatch())
          .isEqualTo(new MicroBatchConfig(7, Duration.ofMillis(9), true));
      assertThat(config.delivery().guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
      assertThat(config.kernel()).isEqualTo(KernelChoice.VECTOR);
    }

    @Test
    void checkpointsOfIntervalZeroAreOff() throws ConfigurationException {
      ScoringConfig config = ScoringConfig.from(required(Map.of("checkpoint-interval", "0")));

      assertThat(config.delivery().checkpointInterval()).isEmpty();
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

    @Test
    void everythingThatIsWrongInOneMessage() {
      Configuration wrong =
          Configuration.fromMap(
              Map.of(
                  "model", "a/b",
                  "micro-batch-size", "0",
                  "micro-batch-siz", "5",
                  "delivery-guarantee", "most-of-the-time",
                  "wire-format", "confluent"));

      ConfigurationException refusal =
          catchThrowableOfType(ConfigurationException.class, () -> ScoringConfig.from(wrong));

      assertThat(refusal)
          .hasMessage(
              """
              6 problems in the configuration:
                model = a/b: expected 1 to 200 letters, digits, '.', '_' and '-'
                bootstrap-servers: not set; expected host:port, several separated by commas
                micro-batch-size = 0: expected 1 to 65536
                delivery-guarantee = most-of-the-time: expected one of at-least-once, exactly-once
                registry-url: not set; expected an http or https address, because of wire-format = confluent
                micro-batch-siz: unknown option; did you mean micro-batch-size?\
              """
                  .indent(0)
                  .stripTrailing());
      assertThat(refusal.problems()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        delimiter = '|',
        value = {
          "model | a/b | 1 to 200 letters",
          "bootstrap-servers | localhost | host:port",
          "bootstrap-servers | localhost:0 | host:port",
          "bootstrap-servers | localhost:65536 | host:port",
          "bootstrap-servers | a:1,,b:2 | host:port",
          "topic-prefix | a/b | the beginning of a topic name",
          "features-topic | \"\" | a topic name",
          "features-topic | a b | a topic name",
          "features-topic | .. | a topic name",
          "predictions-topic | features | another topic than that of features-topic",
          "kernel | gpu | one of auto, scalar, vector",
          "device | tpu | one of auto, cpu, gpu",
          "wire-format | json | one of single-object, confluent, bare",
          "prediction-wire-format | single_object | one of single-object, confluent, bare",
          "registry-url | registry:8081 | an http or https address",
          "registry-url | http:// | an http or https address",
          "registry-url | ftp://registry | an http or https address",
          "features-id-field | \"\" | the name of a field",
          "max-record-bytes | 63 | 64 bytes to 256 mb",
          "max-record-bytes | 257 mb | 64 bytes to 256 mb",
          "max-record-bytes | a lot | 64 bytes to 256 mb",
          "micro-batch-size | 65537 | 1 to 65536",
          "micro-batch-size | 1.5 | 1 to 65536",
          "micro-batch-delay | 100 us | 1 ms to 1 min",
          "micro-batch-delay | soon | 1 ms to 1 min",
          "micro-batch-flush-when-idle | perhaps | true or false",
          "from | yesterday | earliest, latest, committed, a time",
          "from | 2026-13-31 | earliest, latest, committed, a time",
          "bounded | 1 | true or false",
          "max-out-of-orderness | 2 d | 0 ms to 1 d",
          "idle-timeout | 0 | 1 ms to 1 d",
          "parallelism | 0 | 1 to 32768",
          "delivery-guarantee | exactly_once | one of at-least-once, exactly-once",
          "transactional-id-prefix | a b | 1 to 249 letters",
          "transaction-timeout | 999 ms | 1 s to ",
          "checkpoint-interval | 9 ms | 0 (off) or 10 ms to 1 d",
          "dead-letter-max-bytes | 1 mb | at most 983040",
          "consumer.max.poll.records | many | Not a number of type INT",
          "consumer.max.pol.records | 5 | did you mean consumer.max.poll.records?",
          "consumer.auto.offset.reset | latest | use from",
          "producer.linger.ms | -1 | at least 0",
          "producer.linger | 5 | ",
          "producer.batch.siz | 5 | did you mean producer.batch.size?",
          "producer.acks | 1 | expected all",
          "producer.transactional.id | me | use transactional-id-prefix",
          "producer.max.request.size | 65536 | expected at most 0",
        })
    void aWrongValueWithWhatWouldBeRight(String key, String value, String expectation) {
      List<String> problems = problems(required(Map.of(key, value)));

      if (expectation == null) {
        assertThat(problems).isEmpty();
      } else {
        assertThat(problems).singleElement().asString().contains(expectation);
      }
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
    void transactionsThatEndBeforeTheNextCheckpoint() {
      Map<String, String> options =
          Map.of("checkpoint-interval", "1 min", "transaction-timeout", "1 min");
      Map<String, String> exactlyOnce = new HashMap<>(options);
      exactlyOnce.put("delivery-guarantee", "exactly-once");

      assertThat(problems(required(options))).isEmpty();
      assertThat(problems(required(exactlyOnce)))
          .containsExactly(
              "transaction-timeout = 1 min: expected more than checkpoint-interval (1 min), because"
                  + " of delivery-guarantee = exactly-once");
    }

    @Test
    void exactlyOnceWithoutIdempotence() {
      assertThat(
              problems(
                  required(
                      Map.of(
                          "delivery-guarantee", "exactly-once",
                          "producer.enable.idempotence", "false"))))
          .containsExactly(
              "producer.enable.idempotence = false: expected true, because of delivery-guarantee ="
                  + " exactly-once");
    }

    @Test
    void confluentPredictionsWithoutARegistry() {
      assertThat(problems(required(Map.of("prediction-wire-format", "confluent"))))
          .containsExactly(
              "registry-url: not set; expected an http or https address, because of"
                  + " prediction-wire-format = confluent");
    }

    @Test
    void topicsThatThePrefixMakesTooLong() {
      assertThat(problems(required(Map.of("topic-prefix", "x".repeat(241)))))
          .hasSize(5)
          .allMatch(problem -> problem.contains("-topic = xxx") && problem.contains("xxx...: "))
          .allMatch(problem -> problem.contains("expected, with topic-prefix, a topic name"));
    }

    @Test
    void secretsWithoutShowingThem() {
      assertThat(problems(required(Map.of("consumer.ssl.keystore.pasword", "hunter2"))))
          .noneMatch(problem -> problem.contains("hunter2"));
      assertThat(problems(required(Map.of("producer.ssl.key.passwords", "hunter2"))))
          .singleElement()
          .asString()
          .contains("did you mean producer.ssl.key.password?")
          .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "confluent"})
    void moreSchemasThanTheWireFormatTakes(String format) throws IOException {
      Path file = schemaFile();

      assertThat(
              problems(
                  required(
                      Map.of(
                          "wire-format",
                          format,
                          "registry-url",
                          "http://localhost:8081",
                          "features-schema",
                          file + "," + file))))
          .singleElement()
          .asString()
          .startsWith("features-schema = 2 schemas: expected ");
    }

    @Test
    void schemaFilesThatCannotBeUsedEachWithItsReason() throws IOException {
      Path missing = directory.resolve("missing.avsc");
      Path text = Files.writeString(directory.resolve("text.avsc"), "hello");
      Path number = Files.writeString(directory.resolve("number.avsc"), "\"int\"");

      List<String> problems =
          problems(required(Map.of("features-schema", missing + ", " + text + "," + number + ",")));

      assertThat(problems).hasSize(4);
      assertThat(problems.get(0)).contains("missing.avsc: cannot be read");
      assertThat(problems.get(1)).contains("text.avsc: is no Avro schema");
      assertThat(problems.get(2))
          .contains("number.avsc: expected the schema of a record, found INT");
      assertThat(problems.get(3)).endsWith("expected files with Avro schemas, separated by commas");
    }
  }

  private Path schemaFile() throws IOException {
    return Files.writeString(directory.resolve("sensor.avsc"), SENSOR.toString());
  }

  private static Configuration required(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", "localhost:9092");
    options.put("model", "fashion");
    options.putAll(more);
    return Configuration.fromMap(options);
  }

  private static List<String> problems(Configuration configuration) {
    try {
      ScoringConfig.from(configuration);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
