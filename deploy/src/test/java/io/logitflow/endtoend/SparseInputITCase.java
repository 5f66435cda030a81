package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.SparseLinearLayer;
import io.logitflow.classifier.Tensor;
import io.logitflow.config.WireFormat;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sparse records, alone and among dense ones. */
@Timeout(600)
final class SparseInputITCase {

  private static final Schema SCHEMA = FeatureRecord.getClassSchema();
  private static final int CLASSES = 3;
  private static final int RECORDS = 700;

  @TempDir static Path dir;
  private static Platform platform;

  private final SplittableRandom random = new SplittableRandom(5);

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  /** A standardised linear model, and its definition. */
  private final class Linear {
    private final int features;
    private final float[] weight;
    private final float[] mean;
    private final float[] scale;

    private Linear(int features) {
      this.features = features;
      this.weight = draw(CLASSES * features, -1, 1);
      this.mean = draw(features, -1, 1);
      this.scale = draw(features, 0.5, 2);
    }

    private Model model() throws InvalidModelException {
      return builder()
          .normaliser(
              new Normaliser(Tensor.float32(mean, features), Tensor.float32(scale, features)))
          .layers(List.of(LinearLayer.withoutBias(Tensor.float32(weight, CLASSES, features))))
          .build();
    }

    private double[] probabilities(float[] row) {
      double[] logits = new double[CLASSES];
      for (int k = 0; k < CLASSES; k++) {
        for (int i = 0; i < features; i++) {
          logits[k] += weight[k * features + i] * (((double) row[i] - mean[i]) / scale[i]);
        }
      }
      return softmax(logits);
    }
  }

  private float[] draw(int count, double from, double to) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }

  private static double[] softmax(double[] logits) {
    double[] exponentials = Arrays.stream(logits).map(Math::exp).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(exponential -> exponential / sum).toArray();
  }

  private static Model.Builder builder() {
    return Model.builder().name(TestModel.NAME).version(1).createdAt(Instant.EPOCH);
  }

  /** A record in single-object encoding, made by the Avro library. */
  private static byte[] record(String id, List<Integer> indices, List<Float> features) {
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(id)
            .setTime(Instant.EPOCH)
            .setFeatures(features)
            .setIndices(indices)
            .build());
  }

  private static Map<String, Prediction> byId(Topics topics) {
    return topics.readAll(Topics.PREDICTIONS, Topics::prediction).stream()
        .collect(Collectors.toMap(Prediction::getRecordId, Function.identity()));
  }

  private static void assertProbabilities(Prediction prediction, double[] expected) {
    for (int k = 0; k < CLASSES; k++) {
      assertThat((double) prediction.getProbabilities().get(k))
          .as("class %d of %s", k, prediction.getRecordId())
          .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
    }
  }

  @ParameterizedTest
  @EnumSource(WireFormat.class)
  void inEveryWireFormatASparseRecordIsScoredAsTheDenseOneIs(WireFormat format) throws Exception {
    try (Topics topics = platform.topics(2);
        TestingRegistry registry = TestingRegistry.start()) {
      Linear linear = new Linear(24);
      topics.publish(linear.model());
      topics.alias(TestModel.NAME, "champion", 1);
      byte[] from = Framing.header(WireFormat.SINGLE_OBJECT, SCHEMA, 0);
      byte[] to = Framing.header(format, SCHEMA, registry.register(SCHEMA.toString()));
      Map<String, double[]> expected = new TreeMap<>();
      for (int r = 0; r < RECORDS; r++) {
        float[] row = new float[linear.features];
        List<Integer> indices = new ArrayList<>();
        List<Float> present = new ArrayList<>();
        List<Float> all = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
          if (r % 50 != 0 && random.nextInt(4) == 0) {
            row[i] = (float) random.nextDouble(-2, 2);
            indices.add(i);
            present.add(row[i]);
          }
          all.add(row[i]);
        }
        Map<String, byte[]> forms =
            Map.of(
                "dense-" + r, record("dense-" + r, null, all),
                "sparse-" + r, record("sparse-" + r, indices, present));
        forms.forEach(
            (id, value) -> {
              topics.send(Topics.FEATURES, id, Framing.replace(value, from, to));
              expected.put(id, linear.probabilities(row));
            });
      }
      Map<String, byte[]> bad =
          Map.of(
              "index 1 is 24, expected 0 to 23",
              record("beyond", List.of(3, 24), List.of(1f, 1f)),
              "index 0 is -1, expected 0 to 23",
              record("negative", List.of(-1), List.of(1f)),
              "index 2 is 7 after 7, expected each only once",
              record("twice", List.of(1, 7, 7), List.of(1f, 1f, 1f)),
              "index 1 is 2 after 9, expected ascending indices",
              record("disorder", List.of(9, 2), List.of(1f, 1f)),
              "2 indices for 1 features, expected as many of both",
              record("missing", List.of(2, 9), List.of(1f)),
              "1 features, the model has 24",
              record("short", null, List.of(1f)),
              "feature 9 is NaN, expected a finite number",
              record("nan", List.of(2, 9), List.of(1f, Float.NaN)));
      bad.forEach(
          (why, value) -> topics.send(Topics.FEATURES, why, Framing.replace(value, from, to)));
      topics.flush();
      try (ScoringRun run =
          ScoringRun.start(
              platform,
              topics,
              "--bounded",
              "--parallelism=2",
              "--micro-batch-size=64",
              "--wire-format=" + format.toString(),
              "--registry-url=" + registry.address())) {
        run.awaitEnd();
        assertThat(run.restarts()).isZero();
      }

      Map<String, Prediction> predictions = byId(topics);
      assertThat(predictions.keySet()).isEqualTo(expected.keySet());
      expected.forEach((id, row) -> assertProbabilities(predictions.get(id), row));
      List<DeadLetter> letters = topics.readAll(Topics.DEAD_LETTERS, Topics::deadLetter);
      assertThat(letters)
          .extracting(DeadLetter::getDetail)
          .containsExactlyInAnyOrderElementsOf(bad.keySet());
      assertThat(letters.stream().map(letter -> letter.getReason().name()))
          .containsExactlyInAnyOrder(
              "INVALID_INDICES",
              "INVALID_INDICES",
              "INVALID_INDICES",
              "INVALID_INDICES",
              "INVALID_INDICES",
              "WRONG_FEATURE_COUNT",
              "NON_FINITE_FEATURE");
    }
  }

  /** A micro-batch of them, dense, would take 4 GiB. */
  @Test
  void recordsOfFourMillionHashedFeaturesAreScored() throws Exception {
    int features = 1 << 22;
    int perClass = 2_000;
    int run = features / perClass;
    int[] columns = new int[CLASSES * perClass];
    Arrays.setAll(columns, i -> i % perClass * run + random.nextInt(run));
    int[] rowStarts = {0, perClass, 2 * perClass, 3 * perClass};
    float[] weights = draw(columns.length, -1, 1);
    try (Topics topics = platform.topics(1)) {
      topics.publish(
          builder()
              .layers(
                  List.of(
                      new SparseLinearLayer(
                          features,
                          Tensor.float32(weights, weights.length),
                          Tensor.int32(columns, columns.length),
                          Tensor.int32(rowStarts, rowStarts.length),
                          Optional.empty())))
              .build());
      topics.alias(TestModel.NAME, "champion", 1);
      Map<String, double[]> expected = new TreeMap<>();
      for (int r = 0; r < RECORDS; r++) {
        TreeMap<Integer, Float> row = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
          int column = i % 2 == 0 ? random.nextInt(features) : columns[random.nextInt(perClass)];
          row.put(column, (float) random.nextDouble(-2, 2));
        }
        row.put(features - 1, 1f);
        double[] logits = new double[CLASSES];
        for (int i = 0; i < columns.length; i++) {
          logits[i / perClass] += (double) weights[i] * row.getOrDefault(columns[i], 0f);
        }
        expected.put("r" + r, softmax(logits));
        topics.send(
            Topics.FEATURES,
            "r" + r,
            record("r" + r, List.copyOf(row.keySet()), List.copyOf(row.values())));
      }
      topics.flush();
      try (ScoringRun job = ScoringRun.start(platform, topics, "--bounded", "--parallelism=1")) {
        job.awaitEnd();
      }

      Map<String, Prediction> predictions = byId(topics);
      assertThat(predictions.keySet()).isEqualTo(expected.keySet());
      expected.forEach((id, row) -> assertProbabilities(predictions.get(id), row));
    }
  }
}
