package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassifiersTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";

  private static double secondProbability(Classifier classifier, float... features) {
    return classify(classifier, 1, features).probabilities()[1];
  }

  private static Scores classify(Classifier classifier, int rows, float... features) {
    Scores scores = new Scores(rows, classifier.classCount());
    classifier.classify(FeatureBatch.of(features, rows), scores);
    return scores;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void normaliserIsAppliedBeforeTheLayer(KernelChoice choice) throws InvalidModelException {
    Classifier classifier =
        Classifiers.load(
            TestingModels.builder().normaliser(TestingModels.normaliser()).build(), choice);
    // x' = ((2 - 1) / 0.5, (3 - 2) / 1, (1 - 3) / 2) = (2, 1, -1); z = (0, -3.25)
    assertThat(classify(classifier, 1, 2, 3, 1).logits())
        .containsExactly(new float[] {0, -3.25f}, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void logitsAreThoseBeforeCalibration(KernelChoice choice) throws InvalidModelException {
    Classifier classifier =
        Classifiers.load(
            TestingModels.builder().calibration(new Calibration(1, 2.75)).build(), choice);
    Scores scores = classify(classifier, 1, 1, 1, 1);
    assertThat(scores.logits()).containsExactly(new float[] {0, 2.75f}, within(1e-6f));
    assertThat((double) scores.probabilities()[1]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
  }

  /** z = (0, 2.75), z / 2 + b = (1.5, 1.375). */
  @ParameterizedTest
  @MethodSource(ALL)
  void aBiasChangesTheLabelAndNoLogit(KernelChoice choice) throws InvalidModelException {
    Classifier classifier =
        Classifiers.load(
            TestingModels.builder()
                .calibration(new Calibration(1, 2, new double[] {1.5, 0}))
                .build(),
            choice);
    Scores scores = classify(classifier, 2, 1, 1, 1, 0, 0, 4);
    assertThat(scores.labels()).containsExactly(0, 1);
    assertThat(scores.logits()).containsExactly(new float[] {0, 2.75f, 2.5f, 11.5f}, within(1e-5f));
    assertThat((double) scores.probabilities()[0])
        .isCloseTo(1 / (1 + Math.exp(-0.125)), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRowWhoseLogitsOverflowFloat32KeepsItsLabelWithBiases(KernelChoice choice)
      throws InvalidModelException {
    Classifier classifier =
        Classifiers.load(
            TestingModels.builder()
                .calibration(new Calibration(1, 2, new double[] {1e6, -1e6}))
                .build(),
            choice);
    // z = (7.5e38, 8.25e38), both beyond float32.
    Scores scores = classify(classifier, 1, 0, -3e38f, 3e38f);
    assertThat(scores.labels()).containsExactly(1);
    assertThat(scores.probabilities()).containsExactly(0, 1);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void twoLayersAreAppliedInTheirOrder(KernelChoice choice) throws InvalidModelException {
    Model model =
        TestingModels.builder()
            .normaliser(TestingModels.normaliser())
            .layers(
                List.of(
                    LinearLayer.of(
                        TestingModels.weight(), Tensor.float32(new float[] {0.5f, -0.5f}, 2)),
                    LinearLayer.of(
                        Tensor.float32(new float[] {2, 1, 0, 1, -1, 1}, 3, 2),
                        Tensor.float64(new double[] {1, 2, 3}, 3))))
            .build();
    // The first layer gives (0, -3.25).
    assertThat(classify(Classifiers.load(model, choice), 1, 2, 3, 1).logits())
        .containsExactly(new float[] {-2.25f, -1.25f, -0.25f}, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void goldenRowThatDoesNotComeOutIsRefused(KernelChoice choice) throws InvalidModelException {
    Model model =
        TestingModels.builder()
            .goldenRows(List.of(new GoldenRow(new float[] {1, 1, 1}, new double[] {0.5, 0.5})))
            .build();
    assertThatThrownBy(() -> Classifiers.load(model, choice))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model small version 7")
        .hasMessageContaining("golden row 0 gives probability 0.06")
        .hasMessageContaining("for class 0, expected 0.5");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void modelBeyondFloat32IsRefused(KernelChoice choice) throws InvalidModelException {
    Model model =
        TestingModels.builder()
            .normaliser(
                new Normaliser(
                    Tensor.float64(new double[3], 3),
                    Tensor.float64(new double[] {1, 1e-60, 1}, 3)))
            .build();
    assertThatThrownBy(() -> Classifiers.load(model, choice))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("weight of output 0 and input 1 is -2");
  }

  /** A feature like a time in seconds: float32 sums would lose what the mean leaves of it. */
  @ParameterizedTest
  @MethodSource(ALL)
  void featureFarFromZeroKeepsTheNumericsContract(KernelChoice choice)
      throws InvalidModelException {
    Model model =
        TestingModels.builder()
            .normaliser(
                new Normaliser(
                    Tensor.float64(new double[] {1.7e9, 0, 0}, 3),
                    Tensor.float64(new double[] {1000, 1, 1}, 3)))
            .build();
    Classifier classifier = Classifiers.load(model, choice);
    // 1,700,000,512 is a float32; x' = (0.512, 0, 0), z = (1.012, -0.5).
    assertThat(secondProbability(classifier, (float) 1_700_000_512.0, 0, 0))
        .isCloseTo(1 / (1 + Math.exp(1.512)), within(1e-6));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void finiteFeaturesWhoseLogitsOverflowFloat32AreScored(KernelChoice choice)
      throws InvalidModelException {
    Classifier classifier = Classifiers.load(TestingModels.builder().build(), choice);
    float[] features = {1, 1, 1, 0, -3e38f, 3e38f, 1, 1, 1};
    Scores scores = classify(classifier, 3, features);
    float[] logits = scores.logits();
    float[] probabilities = scores.probabilities();
    // Row 1: z = (7.5e38, 8.25e38), both beyond float32.
    assertThat(logits[2]).isInfinite().isPositive();
    assertThat(logits[3]).isInfinite().isPositive();
    assertThat(probabilities[2]).isZero();
    assertThat(probabilities[3]).isEqualTo(1f);
    assertThat((double) probabilities[1]).isCloseTo(1 / (1 + Math.exp(-2.75)), within(1e-6));
    assertThat(probabilities[5]).isEqualTo(probabilities[1]);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void shortArraysAreRefused(KernelChoice choice) throws InvalidModelException {
    Classifier classifier = Classifiers.load(TestingModels.builder().build(), choice);
    assertThatThrownBy(() -> classify(classifier, 2, new float[5]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () -> classifier.classify(FeatureBatch.of(new float[6], 2), new Scores(1, 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
