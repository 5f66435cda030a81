package io.logitflow.endtoend;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.WireFormat;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 records, 1 % of them of each kind of bad: the good ones are scored, each bad one is a dead
 * letter, and the job notices nothing.
 */
class BadInputITCase {

  private static final int RECORDS = 10_000;
  private static final int OF_EACH_KIND = 100;
  private static final int PARTITIONS = 2;
  private static final int FEATURES = 4;
  private static final int MAX_RECORD_BYTES = 4096;
  private static final int DEAD_LETTER_MAX_BYTES = 2048;

  /** Event time of the records. Not in the past: Kafka would delete predictions that old. */
  private static final long TIME = System.currentTimeMillis();

  /** A schema of the user's own, in which nothing has to be there. */
  private static final Schema NULLABLE =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Reading", "namespace": "com.example", "fields": [
                {"name": "plant", "type": "string"},
                {"name": "id", "type": ["null", "string"]},
                {"name": "time", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
                {"name": "features", "type": {"type": "array", "items": "double"}}]}
              """);

  private static final Schema FEATURE_RECORD = FeatureRecord.getClassSchema();

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedCluster cluster;

  /** Makes the Avro body of a bad record, or what stands for it. */
  @FunctionalInterface
  private interface Maker {
    byte[] make(String id, SplittableRandom random) throws IOException;
  }

  /**
   * A kind of bad record.
   *
   * @param reason what the dead letter must say
   * @param schema writer schema; null: the bytes have no header
   * @param maker makes the bytes after the header; null bytes are a tombstone
   */
  private record Kind(String name, DeadLetterReason reason, Schema schema, Maker maker) {}

  /** A place on the features topic. */
  private record Place(int partition, long offset) {}

  /** A record that was sent. */
  private record Sent(Place place, byte[] value, DeadLetterReason reason) {}

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir.resolve("broker"), 0);
    cluster = EmbeddedCluster.start(1, PARTITIONS, new Configuration());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    broker.close();
  }

  @Test
  void withSingleObjectEncoding() throws Exception {
    Path schema = Files.writeString(dir.resolve("reading.avsc"), NULLABLE.toString());
    run(
        "single.",
        List.of("--features-schema", schema.toString()),
        schemaOf -> Framing.header(WireFormat.SINGLE_OBJECT, schemaOf, 0));
  }

  @Test
  void withTheConfluentWireFormat() throws Exception {
    try (TestingRegistry registry = TestingRegistry.start()) {
      int featureRecord = registry.register(FEATURE_RECORD.toString());
      int nullable = registry.register(NULLABLE.toString());
      // The first request is answered at the second attempt.
      registry.fail(1);
      run(
          "confluent.",
          List.of("--wire-format", "confluent", "--registry-url", registry.address().toString()),
          schemaOf ->
              Framing.header(
                  WireFormat.CONFLUENT,
                  schemaOf,
                  schemaOf.equals(FEATURE_RECORD)
                      ? featureRecord
                      : schemaOf.equals(NULLABLE) ? nullable : 77));
      assertThat(registry.hasFailed()).isTrue();
    }
  }

  /** The header of records of a schema. */
  @FunctionalInterface
  private interface Headers {
    byte[] of(Schema schema);
  }

  private static void run(String prefix, List<String> options, Headers headers) throws Exception {
    try (Topics topics = Topics.create(broker, prefix, PARTITIONS)) {
      topics.publish(TestingModels.largestFeature("m", 1, FEATURES));
      topics.alias("m", "champion", 1);
      Map<String, Integer> goodLabels = new HashMap<>();
      List<Sent> bad = send(topics, headers, goodLabels);
      topics.flush();

      JobClient job = score(prefix, options);
      job.getJobExecutionResult().get();

      assertThat(Attempts.restarts(cluster, job)).as("restarts").isZero();
      assertGoodRecordsAreScoredOnce(
          topics.readAll(Topics.PREDICTIONS, Topics::prediction), goodLabels);
      assertBadRecordsAreDeadLettersOnce(
          prefix, topics.readAll(Topics.DEAD_LETTERS, Topics::deadLetter), bad);
    }
  }

  private static JobClient score(String prefix, List<String> options) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic-prefix",
                prefix,
                "--model",
                "m",
                "--bounded",
                "true",
                "--from",
                "earliest",
                "--parallelism",
                Integer.toString(PARTITIONS),
                "--max-record-bytes",
                MAX_RECORD_BYTES + "b",
                "--dead-letter-max-bytes",
                DEAD_LETTER_MAX_BYTES + "b"));
    args.addAll(options);
    ScoringConfig config =
        ScoringJob.configure(Arguments.parse(JobOptions.SCORING, args.toArray(String[]::new)));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, config);
    return env.executeAsync(ScoringJob.name(config));
  }

  /** Sends all records, good and bad mixed; returns the bad ones. */
  private static List<Sent> send(Topics topics, Headers headers, Map<String, Integer> goodLabels)
      throws IOException {
    List<Kind> kinds = new ArrayList<>();
    for (Kind kind : kinds()) {
      kinds.addAll(Collections.nCopies(OF_EACH_KIND, kind));
    }
    while (kinds.size() < RECORDS) {
      kinds.add(null);
    }
    Collections.shuffle(kinds, new Random(5));

    SplittableRandom random = new SplittableRandom(7);
    List<Sent> bad = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      int partition = i % PARTITIONS;
      Kind kind = kinds.get(i);
      byte[] value;
      if (kind == null) {
        int label = random.nextInt(FEATURES);
        value =
            i % 5 == 0
                ? concat(headers.of(NULLABLE), reading("r" + i, TIME, label))
                : concat(
                    headers.of(FEATURE_RECORD),
                    featureRecord("r" + i, TestingModels.features(FEATURES, label)));
        goodLabels.put("r" + i, label);
      } else {
        value = kind.maker().make("r" + i, random);
        if (kind.schema() != null) {
          value = concat(headers.of(kind.schema()), value);
        }
        // A fresh topic with one producer: offsets are counted per partition.
        bad.add(new Sent(new Place(partition, i / PARTITIONS), value, kind.reason()));
      }
      topics.send(Topics.FEATURES, partition, "r" + i, value);
    }
    return bad;
  }

  private static List<Kind> kinds() {
    Schema unknown =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"Unknown\", \"fields\": [{\"name\": \"id\","
                    + " \"type\": \"string\"}]}");
    List<Float> ordinary = TestingModels.features(FEATURES, 0);
    return List.of(
        new Kind(
            "truncated",
            DeadLetterReason.MALFORMED,
            FEATURE_RECORD,
            (id, random) -> {
              byte[] whole = featureRecord(id, ordinary);
              return Arrays.copyOf(whole, random.nextInt(whole.length));
            }),
        new Kind(
            "an id of more bytes than there are",
            DeadLetterReason.MALFORMED,
            FEATURE_RECORD,
            (id, random) -> concat(varint(random.nextLong(1L << 40, Long.MAX_VALUE)), bytes(id))),
        new Kind(
            "an array of more items than there are",
            DeadLetterReason.MALFORMED,
            FEATURE_RECORD,
            (id, random) -> {
              byte[] whole = featureRecord(id, ordinary);
              // The array: count, 4 floats, end.
              byte[] upToArray = Arrays.copyOf(whole, whole.length - 2 - 4 * FEATURES);
              return concat(upToArray, varint(random.nextLong(1L << 30, Long.MAX_VALUE)));
            }),
        new Kind(
            "text",
            DeadLetterReason.NOT_AVRO,
            null,
            (id, random) -> bytes("{\"id\": \"" + id + "\", \"features\": [1, 2, 3, 4]}")),
        new Kind("no bytes", DeadLetterReason.NOT_AVRO, null, (id, random) -> new byte[0]),
        new Kind(
            "a schema that nobody knows",
            DeadLetterReason.UNKNOWN_SCHEMA,
            unknown,
            (id, random) -> featureRecord(id, ordinary)),
        new Kind(
            "a feature too few",
            DeadLetterReason.WRONG_FEATURE_COUNT,
            FEATURE_RECORD,
            (id, random) -> featureRecord(id, ordinary.subList(1, FEATURES))),
        new Kind(
            "a feature too many",
            DeadLetterReason.WRONG_FEATURE_COUNT,
            FEATURE_RECORD,
            (id, random) -> featureRecord(id, Collections.nCopies(FEATURES + 1, 1f))),
        new Kind(
            "NaN",
            DeadLetterReason.NON_FINITE_FEATURE,
            FEATURE_RECORD,
            (id, random) -> featureRecord(id, with(ordinary, random, Float.NaN))),
        new Kind(
            "infinite",
            DeadLetterReason.NON_FINITE_FEATURE,
            FEATURE_RECORD,
            (id, random) ->
                featureRecord(
                    id,
                    with(
                        ordinary,
                        random,
                        random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY))),
        new Kind(
            "an empty id",
            DeadLetterReason.MISSING_ID,
            FEATURE_RECORD,
            (id, random) -> featureRecord("", ordinary)),
        new Kind(
            "a null id",
            DeadLetterReason.MISSING_ID,
            NULLABLE,
            (id, random) -> reading(null, TIME, 0)),
        new Kind(
            "a null time",
            DeadLetterReason.MISSING_TIME,
            NULLABLE,
            (id, random) -> reading(id, null, 0)),
        new Kind("a tombstone", DeadLetterReason.TOMBSTONE, null, (id, random) -> null),
        new Kind(
            "too large",
            DeadLetterReason.TOO_LARGE,
            FEATURE_RECORD,
            (id, random) -> featureRecord(id.repeat(MAX_RECORD_BYTES), ordinary)),
        new Kind(
            "logits that overflow",
            DeadLetterReason.LOGIT_OVERFLOW,
            FEATURE_RECORD,
            (id, random) -> featureRecord(id, with(ordinary, random, 3e38f))));
  }

  private static void assertGoodRecordsAreScoredOnce(
      List<Prediction> predictions, Map<String, Integer> goodLabels) {
    Set<String> missing = new TreeSet<>(goodLabels.keySet());
    List<String> unexpected = new ArrayList<>();
    for (Prediction prediction : predictions) {
      if (!missing.remove(prediction.getRecordId())) {
        unexpected.add(prediction.getRecordId());
      }
    }
    assertThat(missing).as("good records without a prediction").isEmpty();
    assertThat(unexpected).as("predictions of bad records, or second ones").isEmpty();
    for (Prediction prediction : predictions) {
      assertThat(prediction.getLabel())
          .as(prediction.getRecordId())
          .isEqualTo(goodLabels.get(prediction.getRecordId()));
      assertThat(prediction.getProbabilities()).allMatch(Float::isFinite);
    }
  }

  private static void assertBadRecordsAreDeadLettersOnce(
      String prefix, List<DeadLetter> letters, List<Sent> bad) {
    Map<Place, List<DeadLetter>> byPlace =
        letters.stream()
            .collect(groupingBy(letter -> new Place(letter.getPartition(), letter.getOffset())));
    for (Sent sent : bad) {
      assertThat(byPlace.getOrDefault(sent.place(), List.of())).as("%s", sent.place()).hasSize(1);
      DeadLetter letter = byPlace.get(sent.place()).get(0);
      assertThat(letter.getReason()).as(letter.getDetail()).isEqualTo(sent.reason());
      assertThat(letter.getTopic()).isEqualTo(prefix + Topics.FEATURES);
      assertThat(letter.getJob()).isEqualTo("scoring");
      if (sent.value() == null) {
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getValueSize()).isEqualTo(-1);
      } else {
        int kept = Math.min(sent.value().length, DEAD_LETTER_MAX_BYTES);
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(sent.value(), 0, kept));
        assertThat(letter.getValueSize()).isEqualTo(sent.value().length);
      }
    }
    assertThat(letters).hasSameSizeAs(bad);
  }

  private static byte[] featureRecord(String id, List<Float> features) {
    byte[] framed =
        SingleObjects.encode(
            FeatureRecord.getEncoder(),
            FeatureRecord.newBuilder()
                .setId(id)
                .setTime(Instant.ofEpochMilli(TIME))
                .setSegment(null)
                .setFeatures(features)
                .build());
    return Framing.replace(
        framed, Framing.header(WireFormat.SINGLE_OBJECT, FEATURE_RECORD, 0), new byte[0]);
  }

  private static byte[] reading(String id, Long time, int label) throws IOException {
    GenericData.Record record = new GenericData.Record(NULLABLE);
    record.put("plant", "north");
    record.put("id", id);
    record.put("time", time);
    record.put(
        "features",
        TestingModels.features(FEATURES, label).stream().map(Float::doubleValue).toList());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(NULLABLE).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static List<Float> with(List<Float> features, SplittableRandom random, float value) {
    List<Float> changed = new ArrayList<>(features);
    changed.set(random.nextInt(features.size()), value);
    return changed;
  }

  /** Avro's long. */
  private static byte[] varint(long value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    encoder.writeLong(value);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
