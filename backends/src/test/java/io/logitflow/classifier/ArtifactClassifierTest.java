package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactClassifierTest {

  private static final int[] BATCHES = {1, 3, 64};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutional.pt",
        "convolutional.dynamo.onnx",
        "convolutional.torchscript.onnx",
        "attention.pt",
        "attention.dynamo.onnx",
        "attention.torchscript.onnx",
        "linear-softmax.dynamo.onnx",
        "linear-softmax.torchscript.onnx",
        "mlp-batchnorm.dynamo.onnx",
        "mlp-batchnorm.torchscript.onnx",
        "batchnorm-first.dynamo.onnx",
        "batchnorm-first.torchscript.onnx",
        "activations.dynamo.onnx",
        "activations.torchscript.onnx",
        "low-rank.dynamo.onnx",
        "low-rank.torchscript.onnx"
      })
  void everyFileHoldsTheNumericsContractInEveryBatch(String name) throws InvalidModelException {
    ModelFile file = ModelFile.of(name);
    int classes = file.classCount();
    try (Classifier classifier = load(file, 1)) {
      for (int rows : BATCHES) {
        Scores scores = new Scores(rows, classes);
        classifier.classify(FeatureBatch.of(file.batch(rows), rows), scores);
        for (int row = 0; row < rows; row++) {
          double[] expected = file.probabilities()[row % file.probabilities().length];
          double sum = 0;
          for (int k = 0; k < classes; k++) {
            float probability = scores.probabilities()[row * classes + k];
            assertThat((double) probability)
                .as("class %d of row %d of %d", k, row, rows)
                .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
            sum += probability;
          }
          assertThat(sum).isCloseTo(1, within(1e-6));
          assertThat(scores.labels()[row]).isEqualTo(largest(expected));
        }
      }
    }
  }

  @Test
  void temperatureIsAppliedToWhatTheNetworkYields() throws InvalidModelException {
    for (String name : new String[] {"convolutional.pt", "attention.dynamo.onnx"}) {
      ModelFile file = ModelFile.of(name);
      int classes = file.classCount();
      Scores scores = new Scores(1, classes);
      try (Classifier classifier = load(file, 2.5)) {
        classifier.classify(FeatureBatch.of(file.inputs()[0], 1), scores);
      }
      double[] expected = softmax(file.logits()[0], 2.5);
      for (int k = 0; k < classes; k++) {
        assertThat((double) scores.probabilities()[k])
            .as("%s, class %d", name, k)
            .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional.pt", "attention.pt", "convolutional.dynamo.onnx"})
  void biasesAreAddedToWhatTheNetworkYields(String name) throws InvalidModelException {
    ModelFile file = ModelFile.of(name);
    int classes = file.classCount();
    int rows = 3;
    double[] biases = new double[classes];
    Arrays.setAll(biases, k -> k % 2 == 0 ? -0.5 * k : 2.5);
    Calibration calibration = new Calibration(1, 1.5, biases);
    Scores scores = new Scores(rows, classes);
    try (Classifier classifier =
        Classifiers.load(model(file).calibration(calibration).build(), KernelChoice.AUTO)) {
      classifier.classify(FeatureBatch.of(file.batch(rows), rows), scores);
    }
    for (int row = 0; row < rows; row++) {
      double[] logits = logits(file, row);
      Arrays.setAll(logits, k -> logits[k] / 1.5 + biases[k]);
      double[] expected = softmax(logits, 1);
      for (int k = 0; k < classes; k++) {
        assertThat((double) scores.probabilities()[row * classes + k])
            .as("row %d, class %d", row, k)
            .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
      }
      assertThat(scores.labels()[row]).isEqualTo(largest(expected));
    }
  }

  /** Logarithms of the probabilities, if the network yields those. */
  private static double[] logits(ModelFile file, int row) {
    return file.artifact().yieldsProbabilities()
        ? Arrays.stream(file.probabilities()[row]).map(Math::log).toArray()
        : file.logits()[row].clone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional.pt", "attention.pt", "convolutional.dynamo.onnx"})
  void aRowThatIsNotFiniteShowsInItsLogitsAndInNoOtherRow(String name)
      throws InvalidModelException {
    ModelFile file = ModelFile.of(name);
    int classes = file.classCount();
    int rows = 4;
    float[] features = file.batch(rows);
    int featureCount = file.inputs()[0].length;
    features[featureCount] = Float.NaN;
    features[2 * featureCount] = Float.NEGATIVE_INFINITY;
    Scores scores = new Scores(rows, classes);
    try (Classifier classifier = load(file, 1)) {
      classifier.classify(FeatureBatch.of(features, rows), scores);
    }
    for (int row = 0; row < rows; row++) {
      boolean bad = row == 1 || row == 2;
      for (int k = 0; k < classes; k++) {
        assertThat(Float.isNaN(scores.logits()[row * classes + k])).isEqualTo(bad);
        if (!bad) {
          double expected = file.probabilities()[row][k];
          assertThat((double) scores.probabilities()[row * classes + k])
              .isCloseTo(expected, within(1e-6 + 1e-5 * expected));
        }
      }
    }
  }

  @Test
  void aNormaliserIsAppliedBeforeTheNetwork() throws InvalidModelException {
    ModelFile file = ModelFile.of("attention.pt");
    int features = file.inputs()[0].length;
    float[] mean = new float[features];
    float[] scale = new float[features];
    float[] raw = new float[2 * features];
    for (int i = 0; i < features; i++) {
      mean[i] = i - 3;
      scale[i] = 1 << (i % 4);
    }
    for (int i = 0; i < raw.length; i++) {
      raw[i] = file.inputs()[i / features][i % features] * scale[i % features] + mean[i % features];
    }
    Model model =
        model(file)
            .normaliser(
                new Normaliser(Tensor.float32(mean, features), Tensor.float32(scale, features)))
            .build();
    Scores scores = new Scores(2, file.classCount());
    try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
      classifier.classify(FeatureBatch.of(raw, 2), scores);
    }
    // What is left of the inputs after + mean in float32 differs by up to 4e-6.
    for (int k = 0; k < file.classCount(); k++) {
      assertThat((double) scores.probabilities()[k])
          .isCloseTo(file.probabilities()[0][k], within(5e-5));
    }
  }

  @Test
  void sparseRowsAreMadeDenseForTheNetwork() throws InvalidModelException {
    ModelFile file = ModelFile.of("attention.pt");
    int rows = 3;
    Scores scores = new Scores(rows, file.classCount());
    try (Classifier classifier = load(file, 1)) {
      FeatureBatch sparse =
          FeatureBatch.of(file.batch(rows), rows).toSparse(classifier.featureCount());
      classifier.classify(sparse, scores);
    }
    for (int i = 0; i < rows * file.classCount(); i++) {
      double expected = file.probabilities()[i / file.classCount()][i % file.classCount()];
      assertThat((double) scores.probabilities()[i])
          .isCloseTo(expected, within(1e-6 + 1e-5 * expected));
    }
  }

  @Test
  void labelsOfTheirOwnComeBySigmoid() throws InvalidModelException {
    for (String name : List.of("convolutional.pt", "attention.pt")) {
      ModelFile file = ModelFile.of(name);
      Model model = model(file).outputFunction(new MultiLabelSigmoid(0.5)).build();
      Scores scores = new Scores(1, file.classCount());
      try (Classifier classifier = Classifiers.load(model, KernelChoice.AUTO)) {
        classifier.classify(FeatureBatch.of(file.inputs()[0], 1), scores);
      }
      for (int k = 0; k < file.classCount(); k++) {
        double expected =
            file.artifact().yieldsProbabilities()
                ? file.probabilities()[0][k]
                : 1 / (1 + Math.exp(-file.logits()[0][k]));
        assertThat((double) scores.probabilities()[k])
            .isCloseTo(expected, within(1e-6 + 1e-5 * expected));
      }
    }
  }

  @Test
  void goldenRowsAreCheckedAtLoad() throws InvalidModelException {
    ModelFile file = ModelFile.of("convolutional.pt");
    double[] others = file.probabilities()[1];
    Model model = model(file).goldenRows(List.of(new GoldenRow(file.inputs()[0], others))).build();

    assertThatThrownBy(() -> Classifiers.load(model, KernelChoice.AUTO))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("golden row 0 gives probability");
  }

  @Test
  void aContainerKeepsTheFile() throws InvalidModelException {
    ModelFile file = ModelFile.of("convolutional.pt");
    Model model =
        model(file)
            .goldenRows(List.of(new GoldenRow(file.inputs()[0], file.probabilities()[0])))
            .build();

    Model decoded = ModelContainer.decode(ModelContainer.encode(model));

    assertThat(decoded).isEqualTo(model);
    Classifiers.load(decoded, KernelChoice.AUTO).close();
  }

  private static Classifier load(ModelFile file, double temperature) throws InvalidModelException {
    Model model =
        model(file)
            .calibration(temperature == 1 ? Calibration.IDENTITY : new Calibration(1, temperature))
            .build();
    return Classifiers.load(model, KernelChoice.AUTO);
  }

  private static Model.Builder model(ModelFile file) {
    return Model.builder()
        .name("m")
        .createdAt(Instant.EPOCH)
        .classNames(IntStream.range(0, file.classCount()).mapToObj(k -> "c" + k).toList())
        .artifact(file.artifact());
  }

  private static double[] softmax(double[] logits, double temperature) {
    double[] exponentials =
        Arrays.stream(logits).map(logit -> Math.exp(logit / temperature)).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(exponential -> exponential / sum).toArray();
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[largest]) {
        largest = k;
      }
    }
    return largest;
  }
}
