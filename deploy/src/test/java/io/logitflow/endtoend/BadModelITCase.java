package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.ModelKey;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.GoldenRow;
import io.logitflow.schema.ModelAlias;
import io.logitflow.schema.ModelVersion;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One job that lives through everything that can be wrong on the models topic, and goes on scoring
 * with the last good version.
 */
class BadModelITCase {

  private static final String MODEL = "m";
  private static final int FEATURES = 4;

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedCluster cluster;
  private static Topics topics;
  private static JobClient job;

  private static long lastVersion = 1;
  private static long goodVersion = 1;
  private static int letters;
  private static int probes;

  /** Puts something bad on the models topic; it may use a version number. */
  @FunctionalInterface
  interface Publication {
    void publish(long version) throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir, 0);
    cluster = EmbeddedCluster.start(1, 2, new Configuration());
    topics = Topics.create(broker, 2);
    topics.publish(good(1));
    topics.alias(MODEL, ModelKey.CHAMPION, 1);
    topics.flush();
    ScoringConfig config =
        ScoringJob.configure(
            Arguments.parse(
                JobOptions.SCORING,
                new String[] {
                  "--bootstrap-servers",
                  broker.bootstrapServers(),
                  "--model",
                  MODEL,
                  "--parallelism",
                  "2",
                  "--checkpoint-interval",
                  "500ms"
                }));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, config);
    job = env.executeAsync(ScoringJob.name(config));
    assertThat(probe().getModelVersion()).isEqualTo(1);
  }

  @AfterAll
  static void stop() throws Exception {
    topics.close();
    cluster.close();
    broker.close();
  }

  static Stream<ArgumentSet> badModels() {
    return Stream.of(
        argumentSet(
            "a weight that is not finite",
            changed(container -> weights(container).putFloat(0, Float.NaN)),
            "layers[0].weight holds NaN at element 0 of 16, expected finite numbers"),
        argumentSet(
            "an infinite weight",
            changed(container -> weights(container).putFloat(4, Float.NEGATIVE_INFINITY)),
            "layers[0].weight holds -Infinity at element 1 of 16"),
        argumentSet(
            "a checksum of other weights",
            changed(container -> container.setWeightsChecksum(new Sha256(new byte[32]))),
            "weightsChecksum is 00000000"),
        argumentSet(
            "damaged weights",
            changed(container -> weights(container).putFloat(0, 1.9999f)),
            "they were changed or damaged"),
        argumentSet(
            "golden rows that come out otherwise",
            changed(
                container ->
                    container.setGoldenRows(
                        List.of(
                            new GoldenRow(
                                List.of(1f, 0f, 0f, 0f), List.of(0.25, 0.25, 0.25, 0.25))))),
            "golden row 0 gives probability"),
        argumentSet(
            "a feature count that is not that of the weights",
            changed(container -> container.setFeatureCount(5)),
            "featureCount is 5, expected 4"),
        argumentSet(
            "other dimensions than the champion",
            publication(
                version ->
                    publish(
                        version,
                        ModelContainer.encode(
                            TestingModels.largestFeature(MODEL, version, FEATURES + 1)))),
            "5 features, the champion has 4"),
        argumentSet(
            "other class names than the champion",
            publication(
                version ->
                    publish(
                        version,
                        ModelContainer.encode(
                            TestingModels.largestFeature(
                                MODEL, version, List.of("a", "b", "c", "d"))))),
            "classes [a, b, c, d], the champion has [class-0, class-1, class-2, class-3]"),
        argumentSet(
            "bytes that are no container",
            publication(
                version -> publish(version, "no model".repeat(9).getBytes(StandardCharsets.UTF_8))),
            "model container starts with 6e 6f, expected c3 01"),
        argumentSet(
            "half a container",
            publication(
                version -> {
                  byte[] container = ModelContainer.encode(good(version));
                  publish(version, Arrays.copyOf(container, container.length / 2));
                }),
            "not a whole Avro record"),
        argumentSet(
            "no bytes at all",
            publication(version -> publish(version, new byte[0])),
            "model container of 0 bytes"),
        argumentSet(
            "a container of another version",
            publication(version -> publish(version, ModelContainer.encode(good(version + 1000)))),
            "the container says version"),
        argumentSet(
            "a container of another model",
            publication(
                version ->
                    publish(
                        version,
                        ModelContainer.encode(
                            TestingModels.largestFeature("other", version, FEATURES)))),
            "the container says model other"));
  }

  @ParameterizedTest
  @MethodSource("badModels")
  void aBadChampionIsRefusedAndTheLastOneGoesOn(Publication bad, String detail) throws Exception {
    long version = ++lastVersion;
    bad.publish(version);
    topics.alias(MODEL, ModelKey.CHAMPION, version);

    DeadLetter letter = nextDeadLetter();
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MODEL_REFUSED);
    assertThat(letter.getDetail()).startsWith("champion: ").contains(detail);
    assertIsOf(letter, new ModelKey.Version(MODEL, version).format());
    assertLastGoodVersionServesUntilTheNext();
  }

  static Stream<ArgumentSet> malformedRecords() {
    return Stream.of(
        argumentSet("a key that is none", "m/versions/7", bytes("anything"), "key 'm/versions/7'"),
        argumentSet("an empty key", "", bytes("anything"), "key ''"),
        argumentSet("a version 0", "m/version/0", bytes("anything"), "key 'm/version/0'"),
        argumentSet(
            "an alias that is no Avro", "m/alias/champion", bytes("anything"), "no ModelAlias"),
        argumentSet("an alias without bytes", "m/alias/champion", new byte[0], "no ModelAlias"),
        argumentSet("an alias that ends early", "m/alias/champion", aliasHeader(), "no ModelAlias"),
        argumentSet(
            "an alias with a text of 2 GiB",
            "m/alias/champion",
            concat(aliasHeader(), new byte[] {(byte) 0xEE, -1, -1, -1, 0x0F}),
            "no ModelAlias"),
        argumentSet(
            "an alias with a text of 2^62 bytes",
            "m/alias/champion",
            concat(aliasHeader(), new byte[] {-128, -128, -128, -128, -128, -128, -128, -128, 127}),
            "no ModelAlias"));
  }

  @ParameterizedTest
  @MethodSource("malformedRecords")
  void aRecordThatIsNoneOfTheTopicChangesNothing(String key, byte[] value, String detail)
      throws Exception {
    topics.send(Topics.MODELS, key, value);

    DeadLetter letter = nextDeadLetter();
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.MALFORMED);
    assertThat(letter.getDetail()).contains(detail);
    assertIsOf(letter, key);
    assertLastGoodVersionServesUntilTheNext();
  }

  @Test
  void anAliasThatNamesAMissingVersionIsRefused() throws Exception {
    topics.alias(MODEL, ModelKey.CHAMPION, 999_999);

    DeadLetter letter = nextDeadLetter();
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNKNOWN_MODEL_VERSION);
    assertThat(letter.getDetail())
        .isEqualTo("champion: there is no version 999999 on " + Topics.MODELS);
    assertThat(letter.getTopic()).isEqualTo(Topics.MODELS);
    assertLastGoodVersionServesUntilTheNext();
  }

  private static void assertLastGoodVersionServesUntilTheNext() throws Exception {
    assertThat(Attempts.restarts(cluster, job)).as("restarts").isZero();
    assertThat(probe().getModelVersion()).isEqualTo(goodVersion);
    long next = ++lastVersion;
    topics.publish(good(next));
    topics.alias(MODEL, ModelKey.CHAMPION, next);
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (probe().getModelVersion() != next) {
      assertThat(System.nanoTime())
          .as("version %d serves within a minute", next)
          .isLessThan(deadline);
    }
    goodVersion = next;
  }

  /** Sends a record and returns its prediction, by whichever version. */
  private static Prediction probe() {
    String id = "probe-" + probes;
    int label = probes % FEATURES;
    topics.send(
        Topics.FEATURES,
        id,
        SingleObjects.encode(
            FeatureRecord.getEncoder(),
            FeatureRecord.newBuilder()
                .setId(id)
                .setTime(Instant.now())
                .setSegment(null)
                .setFeatures(TestingModels.features(FEATURES, label))
                .build()));
    probes++;
    List<Prediction> predictions =
        topics.predictions(read -> read.stream().anyMatch(p -> p.getRecordId().equals(id)));
    assertThat(predictions).hasSize(probes);
    Prediction prediction =
        predictions.stream().filter(p -> p.getRecordId().equals(id)).findFirst().orElseThrow();
    assertThat(prediction.getLabel()).isEqualTo(label);
    return prediction;
  }

  /** The dead letter after those seen before; fails if there is more than one. */
  private static DeadLetter nextDeadLetter() {
    letters++;
    List<DeadLetter> read = topics.deadLetters(found -> found.size() >= letters);
    assertThat(read).hasSize(letters);
    return read.get(letters - 1);
  }

  /** The letter names the place of the last record of a key, and holds its bytes. */
  private static void assertIsOf(DeadLetter letter, String key) {
    List<ConsumerRecord<byte[], byte[]>> records = topics.readAll(Topics.MODELS, record -> record);
    ConsumerRecord<byte[], byte[]> last =
        records.stream()
            .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(letter.getJob()).isEqualTo("scoring");
    assertThat(letter.getTopic()).isEqualTo(Topics.MODELS);
    assertThat(letter.getPartition()).isEqualTo(last.partition());
    assertThat(letter.getOffset()).isEqualTo(last.offset());
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(last.key()));
    assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(last.value()));
    assertThat(letter.getValueSize()).isEqualTo(last.value().length);
  }

  private static Model good(long version) throws Exception {
    return TestingModels.largestFeature(MODEL, version, FEATURES);
  }

  private static void publish(long version, byte[] container) {
    topics.send(Topics.MODELS, new ModelKey.Version(MODEL, version).format(), container);
  }

  private static Publication publication(Publication publication) {
    return publication;
  }

  /** Publishes a good version with a change. */
  private static Publication changed(Consumer<ModelVersion> change) {
    return version -> {
      ModelVersion container = decoded(good(version));
      change.accept(container);
      publish(version, SingleObjects.encode(ModelVersion.getEncoder(), container));
    };
  }

  private static ModelVersion decoded(Model model) throws IOException {
    return SingleObjects.decode(ModelVersion.getDecoder(), ModelContainer.encode(model));
  }

  /** The weights of the first layer, to be written into. */
  private static ByteBuffer weights(ModelVersion container) {
    return container
        .getLayers()
        .get(0)
        .getTensors()
        .get("weight")
        .getValues()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] aliasHeader() {
    return Framing.header(WireFormat.SINGLE_OBJECT, ModelAlias.getClassSchema(), 0);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
