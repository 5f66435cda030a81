package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.KernelChoices;
import io.logitflow.classifier.output.Entmax15;
import io.logitflow.classifier.output.GumbelSoftmax;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OneVsRest;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import io.logitflow.classifier.output.Sparsemax;
import io.logitflow.classifier.output.TopKSoftmax;
import io.logitflow.classifier.output.TopPSoftmax;
import io.logitflow.classifier.output.TreeSoftmax;
import io.logitflow.classifier.output.TwoLevelSoftmax;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of every layer and output function, against their definition in float64. */
class NetworkTest {

  private static final int FEATURES = 19;
  private static final int HIDDEN = 13;
  private static final int CLASSES = 7;

  private static final SplittableRandom RANDOM = new SplittableRandom(3);

  private static Tensor random(int... shape) {
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double bound = 2 / Math.sqrt(shape[shape.length - 1]);
    return Tensor.float64(RANDOM.doubles(size, -bound, bound).toArray(), shape);
  }

  private static Tensor positive(int length) {
    return Tensor.float64(RANDOM.doubles(length, 0.2, 3).toArray(), length);
  }

  private static LinearLayer linear(int outputs, int inputs) {
    return LinearLayer.of(random(outputs, inputs), random(outputs));
  }

  private static BatchNormLayer batchNorm(int length) {
    return new BatchNormLayer(
        random(length),
        positive(length),
        1e-5,
        Optional.of(positive(length)),
        Optional.of(random(length)));
  }

  private static SparseLinearLayer sparse(int outputs, int inputs) {
    List<Integer> columns = new ArrayList<>();
    int[] rowStarts = new int[outputs + 1];
    for (int k = 0; k < outputs; k++) {
      IntStream.range(0, inputs).filter(i -> RANDOM.nextInt(3) == 0).forEach(columns::add);
      rowStarts[k + 1] = columns.size();
    }
    return new SparseLinearLayer(
        inputs,
        random(columns.size()),
        Tensor.int32(columns.stream().mapToInt(i -> i).toArray(), columns.size()),
        Tensor.int32(rowStarts, rowStarts.length),
        Optional.of(random(outputs)));
  }

  private static Calibration biased() {
    return new Calibration(2, 0.8, RANDOM.doubles(CLASSES, -2, 2).toArray());
  }

  private static Model.Builder model(Layer... layers) {
    return Model.builder().name("m").createdAt(Instant.EPOCH).layers(List.of(layers));
  }

  private static Model.Builder standardised(Layer... layers) {
    return model(layers).normaliser(new Normaliser(random(FEATURES), positive(FEATURES)));
  }

  static Stream<Model> models() throws InvalidModelException {
    List<Model> models = new ArrayList<>();
    for (Activation activation :
        List.of(Activation.RELU, Activation.leakyRelu(0.1), Activation.SIGMOID, Activation.TANH)) {
      models.add(
          standardised(linear(HIDDEN, FEATURES), activation, linear(CLASSES, HIDDEN)).build());
    }
    models.add(
        model(
                new LowRankLinearLayer(
                    random(CLASSES, 2), random(2, FEATURES), Optional.of(random(CLASSES))))
            .build());
    models.add(standardised(sparse(CLASSES, FEATURES)).build());
    models.add(
        model(
                linear(HIDDEN, FEATURES),
                batchNorm(HIDDEN),
                Activation.RELU,
                batchNorm(HIDDEN),
                sparse(HIDDEN, HIDDEN),
                batchNorm(HIDDEN),
                Activation.TANH,
                linear(CLASSES, HIDDEN))
            .build());
    models.add(
        model(batchNorm(FEATURES), Activation.RELU, batchNorm(FEATURES), linear(CLASSES, FEATURES))
            .build());
    models.add(
        model(linear(CLASSES, FEATURES), Activation.RELU, batchNorm(CLASSES), Activation.SIGMOID)
            .build());
    models.add(
        standardised(linear(HIDDEN, FEATURES), linear(40, HIDDEN), linear(CLASSES, 40)).build());
    for (OutputFunction function :
        List.of(
            new TopKSoftmax(3),
            new TopPSoftmax(0.8),
            new Sparsemax(),
            new Entmax15(),
            new MultiLabelSigmoid(0.4),
            new GumbelSoftmax(0.7, 11),
            new OneVsRest(),
            new Softmax())) {
      models.add(
          standardised(linear(CLASSES, FEATURES))
              .outputFunction(function)
              .calibration(new Calibration(1, 1.3))
              .build());
      models.add(
          standardised(linear(CLASSES, FEATURES))
              .outputFunction(function)
              .calibration(biased())
              .build());
    }
    models.add(
        standardised(linear(CLASSES - 1, FEATURES))
            .outputFunction(
                new TreeSoftmax(List.of(1, -1, 4, -4, -6, -7), List.of(2, -2, 3, -5, 5, -3)))
            .calibration(biased())
            .build());
    models.add(
        standardised(linear(3 + CLASSES, FEATURES))
            .outputFunction(new TwoLevelSoftmax(List.of(0, 1, 2, 0, 1, 2, 0)))
            .calibration(biased())
            .build());
    return models.stream();
  }

  static Stream<Arguments> modelsAndKernels() throws InvalidModelException {
    return models()
        .flatMap(
            model ->
                KernelChoices.all()
                    .map(
                        kernel ->
                            Arguments.of(String.join(", ", model.architecture()), model, kernel)));
  }

  @ParameterizedTest(name = "{0} by {2}")
  @MethodSource("modelsAndKernels")
  void scoresAreThoseOfTheDefinitionInAnyBatch(String name, Model model, KernelChoice kernel)
      throws InvalidModelException {
    Classifier classifier = Classifiers.load(model, kernel);
    assertThat(classifier.featureCount()).isEqualTo(FEATURES);
    assertThat(classifier.classCount()).isEqualTo(CLASSES);
    for (int rows : new int[] {1, 3, 64}) {
      float[] features = new float[rows * FEATURES];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) RANDOM.nextDouble(-2, 2);
      }
      assertRows(model, classifier, FeatureBatch.of(features, rows), features);
    }
  }

  @ParameterizedTest(name = "{0} by {2}")
  @MethodSource("modelsAndKernels")
  void sparseBatchesGetTheScoresOfTheSameRowsInFull(String name, Model model, KernelChoice kernel)
      throws InvalidModelException {
    Classifier classifier = Classifiers.load(model, kernel);
    for (int rows : new int[] {1, 3, 64}) {
      float[] features = new float[rows * FEATURES];
      int[] starts = new int[rows + 1];
      int[] indices = new int[features.length];
      float[] values = new float[features.length];
      int count = 0;
      for (int row = 0; row < rows; row++) {
        // Every fifth row is empty; what is there may be 0 too.
        for (int i = 0; i < FEATURES && row % 5 != 4; i++) {
          if (RANDOM.nextInt(3) == 0) {
            indices[count] = i;
            values[count] = RANDOM.nextInt(9) == 0 ? 0 : (float) RANDOM.nextDouble(-2, 2);
            features[row * FEATURES + i] = values[count++];
          }
        }
        starts[row + 1] = count;
      }
      assertRows(model, classifier, FeatureBatch.sparse(starts, indices, values, rows), features);
    }
  }

  /**
   * Asserts that rows have the scores of the reference.
   *
   * @param features the rows in full
   */
  private static void assertRows(
      Model model, Classifier classifier, FeatureBatch batch, float[] features) {
    Float64Reference reference = new Float64Reference(model);
    Scores scores = new Scores(batch.rows(), CLASSES);
    classifier.classify(batch, scores);
    for (int row = 0; row < batch.rows(); row++) {
      float[] record = Arrays.copyOfRange(features, row * FEATURES, (row + 1) * FEATURES);
      double[] logits = reference.logits(record);
      assertRow(scores, row, logits, reference.probabilities(record));
      if (!model.outputFunction().drawsLabel()) {
        double[] calibrated = model.calibration().apply(logits);
        double largest = Arrays.stream(calibrated).max().orElseThrow();
        assertThat(calibrated[scores.labels()[row]]).isCloseTo(largest, within(1e-5));
      }
    }
  }

  private static void assertRow(Scores scores, int row, double[] logits, double[] expected) {
    for (int k = 0; k < CLASSES; k++) {
      assertThat((double) scores.logits()[row * CLASSES + k])
          .isCloseTo(logits[k], within(1e-5 * (1 + Math.abs(logits[k]))));
      assertThat((double) scores.probabilities()[row * CLASSES + k])
          .isCloseTo(expected[k], within(1e-6 + 1e-5 * expected[k]));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void containerBringsEverythingBack(Model model) throws InvalidModelException {
    Model back = ModelContainer.decode(ModelContainer.encode(model));
    assertThat(back).isEqualTo(model);
    assertThat(back.architecture()).isEqualTo(model.architecture());
  }

  @ParameterizedTest
  @MethodSource("io.logitflow.classifier.kernel.KernelChoices#all")
  void aFeatureThatIsNotFiniteShowsThroughEveryActivation(KernelChoice kernel)
      throws InvalidModelException {
    for (Model model : models().toList()) {
      Classifier classifier = Classifiers.load(model, kernel);
      for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        float[] features = new float[3 * FEATURES];
        features[FEATURES + 4] = bad;
        FeatureBatch dense = FeatureBatch.of(features, 3);
        for (FeatureBatch batch : List.of(dense, dense.toSparse(FEATURES))) {
          Scores scores = new Scores(3, CLASSES);
          classifier.classify(batch, scores);
          assertThat(isFinite(scores, 0)).isTrue();
          assertThat(isFinite(scores, 1)).as("%s with %s", model.architecture(), bad).isFalse();
          assertThat(isFinite(scores, 2)).isTrue();
        }
      }
    }
  }

  private static boolean isFinite(Scores scores, int row) {
    return IntStream.range(row * CLASSES, (row + 1) * CLASSES)
        .allMatch(i -> Float.isFinite(scores.logits()[i]));
  }

  /** 3e38 + 3e38 - 6e38 is 0, but infinite on the way; the sigmoid of infinity would be 1. */
  @ParameterizedTest
  @MethodSource("io.logitflow.classifier.kernel.KernelChoices#all")
  void aSumThatOverflowsBeforeAnActivationIsRight(KernelChoice kernel)
      throws InvalidModelException {
    Model model =
        model(
                LinearLayer.withoutBias(Tensor.float32(new float[] {2, 2, -4, 1, 1, -2}, 2, 3)),
                Activation.SIGMOID,
                LinearLayer.withoutBias(Tensor.float32(new float[] {1, 0, 0, 3}, 2, 2)))
            .build();
    Classifier classifier = Classifiers.load(model, kernel);
    FeatureBatch dense = FeatureBatch.of(new float[] {3e38f, 3e38f, 3e38f}, 1);
    for (FeatureBatch batch : List.of(dense, dense.toSparse(3))) {
      Scores scores = new Scores(1, 2);
      classifier.classify(batch, scores);
      assertThat(scores.logits()).containsExactly(0.5f, 1.5f);
    }
  }

  @ParameterizedTest
  @MethodSource("io.logitflow.classifier.kernel.KernelChoices#all")
  void aDrawnLabelIsThatOfTheLargestProbability(KernelChoice kernel) throws InvalidModelException {
    Model model =
        model(LinearLayer.withoutBias(Tensor.float32(new float[4], 4, 1)))
            .outputFunction(new GumbelSoftmax(1, 5))
            .build();
    Scores scores = new Scores(400, 4);
    Classifiers.load(model, kernel)
        .classify(new FeatureBatch(new float[400], 400, row -> row), scores);
    int[] drawn = new int[4];
    for (int row = 0; row < 400; row++) {
      int label = scores.labels()[row];
      drawn[label]++;
      for (int k = 0; k < 4; k++) {
        assertThat(scores.probabilities()[row * 4 + k])
            .isLessThanOrEqualTo(scores.probabilities()[row * 4 + label]);
      }
    }
    assertThat(Arrays.stream(drawn)).allMatch(count -> count > 50);
  }

  @Test
  void foldingLeavesFewSteps() throws InvalidModelException {
    Model model =
        standardised(
                linear(HIDDEN, FEATURES),
                batchNorm(HIDDEN),
                Activation.RELU,
                batchNorm(HIDDEN),
                linear(CLASSES, HIDDEN))
            .build();
    assertThat(FoldedNetwork.of(model).steps())
        .extracting(step -> step.getClass().getSimpleName())
        .containsExactly("FoldedLinear", "FoldedActivation", "FoldedLinear");
  }

  @Test
  void lowRankStaysTwoProductsAndAWidePairBecomesOne() throws InvalidModelException {
    Model lowRank =
        model(new LowRankLinearLayer(random(CLASSES, 2), random(2, FEATURES), Optional.empty()))
            .build();
    assertThat(FoldedNetwork.of(lowRank).steps()).hasSize(2);
    Model wide = model(linear(40, FEATURES), linear(CLASSES, 40)).build();
    assertThat(FoldedNetwork.of(wide).steps()).hasSize(1);
  }

  @Test
  void asOneLinearMapAModelHasTheSameLogits() throws InvalidModelException {
    Model model =
        standardised(
                new LowRankLinearLayer(random(CLASSES, 2), random(2, FEATURES), Optional.empty()),
                sparse(CLASSES, CLASSES))
            .build();
    float[] features = new float[FEATURES];
    Arrays.fill(features, 0.75f);
    double[] exact = new double[FEATURES];
    Arrays.fill(exact, 0.75);
    assertThat(FoldedLinear.of(model).apply(exact))
        .containsExactly(new Float64Reference(model).logits(features), within(1e-12));
    Model hidden = model(linear(HIDDEN, FEATURES), Activation.TANH, linear(2, HIDDEN)).build();
    assertThatThrownBy(() -> FoldedLinear.of(hidden))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("the model has a hidden layer with TANH");
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    assertRefused(
        model(linear(HIDDEN, FEATURES), linear(CLASSES, HIDDEN + 1)),
        "layers[1] of type LINEAR takes 14 inputs, expected 13, the outputs of layers[0]");
    assertRefused(model(Activation.RELU), "layers[0] is RELU, expected a layer with weights");
    assertRefused(
        model(linear(CLASSES, FEATURES), batchNorm(CLASSES + 1)),
        "layers[1] of type BATCH_NORM takes 8 inputs, expected 7");
    assertRefused(
        model(linear(CLASSES, FEATURES)).outputFunction(new TopKSoftmax(8)),
        "the network has k is 8, expected at most 7");
    assertRefused(
        model(new LowRankLinearLayer(random(3, 2), random(3, 4), Optional.empty())),
        "layers[0].left has shape [3, 2] and layers[0].right [3, 4], expected the same rank");
    assertRefused(
        model(
            new BatchNormLayer(
                random(2),
                Tensor.float64(new double[] {1, -1}, 2),
                1e-5,
                Optional.empty(),
                Optional.empty())),
        "layers[0].variance[1] is -1.0");
  }

  @Test
  void sparseWeightsThatDoNotFitAreRefused() {
    assertRefused(csr(3, new int[] {0, 3}, 0, 2), "layers[0].columns[1] is 3, expected 1 to 2");
    assertRefused(csr(3, new int[] {1, 1}, 0, 2), "layers[0].columns[1] is 1, expected 2 to 2");
    assertRefused(
        csr(3, new int[] {0, 1}, 0, 1, 3), "layers[0].rowStarts goes from 0 to 3, expected 0 to 2");
    assertRefused(csr(3, new int[] {0, 1}, 0, 3, 2), "layers[0].rowStarts[1] is 3 after 0");
    assertRefused(csr(0, new int[] {0, 1}, 0, 1, 2), "layers[0].inputs is 0");
  }

  private static Model.Builder csr(int inputs, int[] columns, int... rowStarts) {
    return model(
        new SparseLinearLayer(
            inputs,
            random(columns.length),
            Tensor.int32(columns, columns.length),
            Tensor.int32(rowStarts, rowStarts.length),
            Optional.empty()));
  }

  private static void assertRefused(Model.Builder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(message);
  }
}
