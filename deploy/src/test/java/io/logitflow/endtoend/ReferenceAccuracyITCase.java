package io.logitflow.endtoend;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.WireFormat;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.endtoend.ReferenceModel.ExpectedRow;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.job.ScoringJob;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;

/** Real data through Kafka and Flink give what the models' own trainers computed. */
class ReferenceAccuracyITCase {

  private static final Schema FEATURE_RECORD = FeatureRecord.getClassSchema();

  /** Event time of the first record. Not in the past: Kafka would delete predictions that old. */
  private static final long TIME = System.currentTimeMillis();

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static EmbeddedCluster cluster;
  private static TestingRegistry registry;
  private static Topics topics;
  private static int featureRecordId;

  private static final Map<String, Rows> TEST_ROWS = new HashMap<>();
  private static final Map<String, String> FEATURE_TOPICS = new HashMap<>();
  private static int runs;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir, 0);
    cluster = EmbeddedCluster.start(1, 4, new Configuration());
    registry = TestingRegistry.start();
    featureRecordId = registry.register(FEATURE_RECORD.toString());
    topics = Topics.create(broker, 1);
    for (ReferenceModel reference : ReferenceModel.ALL) {
      topics.publish(reference.model());
      topics.alias(reference.name(), "champion", 1);
    }
    topics.flush();
  }

  @AfterAll
  static void stop() throws Exception {
    topics.close();
    cluster.close();
    registry.close();
    broker.close();
  }

  /** Every combination for one model, and each of the other models and data sets with one. */
  static Stream<ArgumentSet> runs() {
    List<ArgumentSet> runs = new ArrayList<>();
    for (WireFormat format : WireFormat.values()) {
      for (KernelChoice kernel : List.of(KernelChoice.SCALAR, KernelChoice.VECTOR)) {
        for (int parallelism = 1; parallelism <= 2; parallelism++) {
          runs.add(run(ReferenceModel.FASHION_SGD, format, kernel, parallelism));
        }
      }
    }
    for (ReferenceModel reference :
        List.of(
            ReferenceModel.DIGITS_SGD,
            ReferenceModel.DIGITS_LBFGS,
            ReferenceModel.FLIGHTS_SGD,
            ReferenceModel.FLIGHTS_LBFGS,
            ReferenceModel.FASHION_LBFGS)) {
      runs.add(run(reference, WireFormat.SINGLE_OBJECT, KernelChoice.VECTOR, 2));
    }
    return runs.stream();
  }

  private static ArgumentSet run(
      ReferenceModel reference, WireFormat format, KernelChoice kernel, int parallelism) {
    return org.junit.jupiter.params.provider.Arguments.argumentSet(
        "%s, %s, %s kernels, parallelism %d".formatted(reference, format, kernel, parallelism),
        reference,
        format,
        kernel,
        parallelism);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void scoresEveryTestRowLikeTheReference(
      ReferenceModel reference, WireFormat format, KernelChoice kernel, int parallelism)
      throws Exception {
    Rows rows = testRows(reference.dataset());
    String predictionsTopic = "predictions-" + ++runs;
    broker.createTopic(predictionsTopic, 2, Map.of());
    score(
        "--model", reference.name(),
        "--features-topic", featuresTopic(reference.dataset(), format),
        "--predictions-topic", predictionsTopic,
        "--wire-format", text(format),
        "--prediction-wire-format", text(format),
        "--kernel", text(kernel),
        "--parallelism", Integer.toString(parallelism));

    Map<Integer, Prediction> predictions = predictions(predictionsTopic, format);
    assertThat(rows.size()).isEqualTo(reference.rows());
    assertThat(predictions.size()).isEqualTo(reference.rows());
    assertThat(correct(rows, predictions)).isEqualTo(reference.correct());
    assertReferenceRows(reference.expectedRows(), predictions);
    assertServedBy(reference.model(), predictions);
  }

  private static void score(String... options) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--registry-url",
                registry.address().toString(),
                // Closing waits for the fetch on its way, and at an end the broker keeps it.
                "--consumer.fetch.max.wait.ms",
                "50",
                "--bounded",
                "true",
                "--from",
                "earliest"));
    args.addAll(List.of(options));
    ScoringConfig config =
        ScoringJob.configure(Arguments.parse(JobOptions.SCORING, args.toArray(String[]::new)));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, config);
    env.execute(ScoringJob.name(config));
  }

  private static long correct(Rows rows, Map<Integer, Prediction> predictions) {
    Row row = rows.newRow();
    long correct = 0;
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      if (predictions.get(i).getLabel() == row.label()) {
        correct++;
      }
    }
    return correct;
  }

  private static void assertReferenceRows(
      List<ExpectedRow> expectedRows, Map<Integer, Prediction> predictions) {
    assertThat(expectedRows).hasSize(200);
    for (int i = 0; i < expectedRows.size(); i++) {
      ExpectedRow expected = expectedRows.get(i);
      Prediction prediction = predictions.get(i);
      assertThat(prediction.getLabel()).as("label of row %d", i).isEqualTo(expected.prediction());
      assertThat(prediction.getProbabilities()).hasSize(expected.probabilities().length);
      double sum = 0;
      for (int k = 0; k < expected.probabilities().length; k++) {
        double probability = expected.probabilities()[k];
        assertThat((double) prediction.getProbabilities().get(k))
            .as("probability of class %d in row %d", k, i)
            .isCloseTo(probability, within(1e-6 + 1e-5 * probability));
        sum += prediction.getProbabilities().get(k);
      }
      assertThat(sum).as("sum of row %d", i).isCloseTo(1, within(1e-6));
      assertThat(prediction.getConfidence())
          .isEqualTo(prediction.getProbabilities().get(prediction.getLabel()));
    }
  }

  private static void assertServedBy(Model model, Map<Integer, Prediction> predictions) {
    for (Prediction prediction : predictions.values()) {
      assertThat(prediction.getModel()).isEqualTo(model.name());
      assertThat(prediction.getModelVersion()).isEqualTo(1);
      assertThat(prediction.getRole()).isEqualTo(ModelRole.CHAMPION);
      assertThat(prediction.getWeightsChecksum().bytes()).isEqualTo(model.weightsChecksum());
      assertThat(prediction.getLogits()).hasSize(model.classCount());
    }
  }

  /** Predictions by row; fails if there are two of a row. */
  private static Map<Integer, Prediction> predictions(String topic, WireFormat format) {
    Schema schema = Prediction.getClassSchema();
    byte[] header = Framing.header(format, schema, registry.register(schema.toString()));
    byte[] singleObject = Framing.header(WireFormat.SINGLE_OBJECT, schema, 0);
    return topics
        .readAll(
            topic,
            record -> {
              try {
                return SingleObjects.decode(
                    Prediction.getDecoder(), Framing.replace(record.value(), header, singleObject));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .stream()
        .collect(
            toMap(
                prediction -> Integer.valueOf(prediction.getRecordId()), prediction -> prediction));
  }

  private static Rows testRows(String dataset) throws Exception {
    Rows rows = TEST_ROWS.get(dataset);
    if (rows == null) {
      rows = DatasetCatalogue.open(dataset).rows(Split.TEST);
      TEST_ROWS.put(dataset, rows);
    }
    return rows;
  }

  /** A topic of two partitions with the test rows, produced at the first use. */
  private static String featuresTopic(String dataset, WireFormat format) throws Exception {
    String topic = dataset + "-" + text(format);
    if (FEATURE_TOPICS.putIfAbsent(topic, topic) == null) {
      broker.createTopic(topic, 2, Map.of());
      byte[] singleObject = Framing.header(WireFormat.SINGLE_OBJECT, FEATURE_RECORD, 0);
      byte[] header = Framing.header(format, FEATURE_RECORD, featureRecordId);
      Rows rows = testRows(dataset);
      for (int i = 0; i < rows.size(); i++) {
        byte[] record =
            SingleObjects.encode(
                FeatureRecord.getEncoder(),
                FeatureRecord.newBuilder()
                    .setId(Integer.toString(i))
                    .setTime(Instant.ofEpochMilli(TIME + i))
                    .setSegment(null)
                    .setFeatures(boxed(rows.features(i)))
                    .build());
        topics.send(topic, i % 2, null, Framing.replace(record, singleObject, header));
      }
      topics.flush();
    }
    return topic;
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  private static String text(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
