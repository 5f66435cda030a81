package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of hashed features: four million columns, of which a record has a few. */
class WideModelTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";
  private static final int FEATURES = 1 << 22;

  /** Wide as well, and quicker. */
  private static final int FEWER = 1 << 19;

  private static final int ROWS = 64;
  private static final int NON_ZEROS = 40;

  private final SplittableRandom random = new SplittableRandom(21);
  private final int[] starts = new int[ROWS + 1];
  private final int[] indices = new int[ROWS * NON_ZEROS];
  private final float[] values = new float[ROWS * NON_ZEROS];

  private Tensor floats(double bound, int... shape) {
    float[] elements = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) random.nextDouble(-bound, bound);
    }
    return Tensor.float32(elements, shape);
  }

  private static Model model(Optional<Normaliser> normaliser, Layer... layers)
      throws InvalidModelException {
    Model.Builder builder =
        Model.builder().name("wide").createdAt(Instant.EPOCH).layers(List.of(layers));
    normaliser.ifPresent(builder::normaliser);
    return builder.build();
  }

  private void drawRecords(int features) {
    int run = features / NON_ZEROS;
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i % NON_ZEROS * run + random.nextInt(run);
      values[i] = (float) random.nextDouble(-2, 2);
    }
    // The last feature there is, and a row of none.
    indices[2 * NON_ZEROS - 1] = features - 1;
    Arrays.setAll(starts, row -> Math.max(0, row - 1) * NON_ZEROS);
  }

  private void assertScores(Model model, KernelChoice kernel) throws InvalidModelException {
    int features = model.featureCount();
    drawRecords(features);
    Float64Reference reference = new Float64Reference(model);
    Classifier classifier = Classifiers.load(model, kernel);
    assertThat(classifier)
        .as("the self-test passes in float32")
        .isInstanceOf(NetworkClassifier.class);
    Scores scores = new Scores(ROWS, model.classCount());
    classifier.classify(FeatureBatch.sparse(starts, indices, values, ROWS), scores);
    for (int row : new int[] {0, 1, 2, ROWS - 1}) {
      float[] full = new float[features];
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        full[indices[i]] = values[i];
      }
      double[] expected = reference.probabilities(full);
      Scores dense = new Scores(1, model.classCount());
      classifier.classify(FeatureBatch.of(full, 1), dense);
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) scores.probabilities()[row * expected.length + k])
            .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
        assertThat(dense.probabilities()[k])
            .isEqualTo(scores.probabilities()[row * expected.length + k]);
      }
    }
  }

  /** The mean goes into the bias, so what is 0 stays 0. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aStandardisedLinearModelIsRight(KernelChoice kernel) throws InvalidModelException {
    float[] mean = new float[FEATURES];
    float[] scale = new float[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      mean[i] = random.nextInt(1000) == 0 ? (float) random.nextDouble() : 0;
      scale[i] = (float) random.nextDouble(0.5, 2);
    }
    assertScores(
        model(
            Optional.of(
                new Normaliser(Tensor.float32(mean, FEATURES), Tensor.float32(scale, FEATURES))),
            LinearLayer.of(floats(0.3, 2, FEATURES), floats(1, 2))),
        kernel);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void sparseWeightsAreRight(KernelChoice kernel) throws InvalidModelException {
    int classes = 5;
    int perClass = FEWER / 8;
    int[] columns = new int[classes * perClass];
    Arrays.setAll(columns, i -> i % perClass * 8 + i / perClass);
    int[] rowStarts = new int[classes + 1];
    Arrays.setAll(rowStarts, k -> k * perClass);
    assertScores(
        model(
            Optional.empty(),
            new SparseLinearLayer(
                FEWER,
                floats(1, columns.length),
                Tensor.int32(columns, columns.length),
                Tensor.int32(rowStarts, rowStarts.length),
                Optional.of(floats(1, classes)))),
        kernel);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aHiddenLayerAfterAThinOneIsRight(KernelChoice kernel) throws InvalidModelException {
    assertScores(
        model(
            Optional.empty(),
            new LowRankLinearLayer(floats(1, 9, 3), floats(0.3, 3, FEWER), Optional.empty()),
            Activation.TANH,
            LinearLayer.of(floats(1, 4, 9), floats(1, 4))),
        kernel);
  }

  @Test
  void aWideLayerThatMakesWideOutputsIsRefused() throws InvalidModelException {
    int wide = FeatureBatch.WIDEST_DENSE + 1;
    float[] ones = new float[wide];
    Arrays.fill(ones, 1);
    Tensor one = Tensor.float32(ones, wide);
    Model model =
        model(
            Optional.empty(),
            new BatchNormLayer(one, one, 0, Optional.empty(), Optional.empty()),
            Activation.RELU,
            LinearLayer.withoutBias(floats(1, 2, wide)));

    assertThatThrownBy(() -> Classifiers.load(model, KernelChoice.SCALAR))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("the first layers make 262145 outputs of 262145 features");
  }

  @Test
  void aNetworkOfAnotherProgramThatIsTooWideIsRefused() throws InvalidModelException {
    Model model =
        Model.builder()
            .name("wide")
            .createdAt(Instant.EPOCH)
            .classNames(List.of("a", "b"))
            .artifact(
                new Artifact(Artifact.Format.ONNX, List.of(FEATURES), false, new byte[] {1, 2, 3}))
            .build();

    assertThatThrownBy(() -> Classifiers.load(model, KernelChoice.SCALAR))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("takes dense rows of 4194304 features, expected at most 1048576");
  }
}
