package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.KernelChoices;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real models on real rows, against scikit-learn and torch. */
class ReferenceRowsTest {

  static Stream<Arguments> models() {
    return Stream.of(
            "fashion-sgd",
            "fashion-lbfgs",
            "digits-sgd",
            "digits-lbfgs",
            "flights-sgd",
            "flights-lbfgs")
        .flatMap(name -> KernelChoices.all().map(choice -> Arguments.of(name, choice)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void probabilitiesAndPredictionsAreThoseOfTheReference(String name, KernelChoice choice)
      throws IOException, InvalidModelException {
    ReferenceRows reference = ReferenceRows.of(name);
    Classifier classifier = Classifiers.load(reference.model(), choice);
    for (int batch : new int[] {1, 7, 64, 200}) {
      assertRows(classifier, reference, batch, "probabilities");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void scaledProbabilitiesAreThoseOfTheReference(String name, KernelChoice choice)
      throws IOException, InvalidModelException {
    ReferenceRows reference = ReferenceRows.of(name);
    Model calibrated =
        reference
            .model()
            .withCalibration(
                new Calibration(1, reference.temperature()), 2, Instant.ofEpochMilli(5), Map.of());
    assertRows(Classifiers.load(calibrated, choice), reference, 200, "probabilities_scaled");
  }

  private static void assertRows(
      Classifier classifier, ReferenceRows reference, int batch, String what)
      throws IOException, InvalidModelException {
    int inputs = classifier.featureCount();
    int classes = classifier.classCount();
    float[] features = reference.features();
    double[][] expectedLogits = reference.expected("logits");
    double[][] expected = reference.expected(what);
    int[] predictions = reference.predictions();
    Scores scores = new Scores(batch, classes);
    for (int from = 0; from < ReferenceRows.ROWS; from += batch) {
      int rows = Math.min(batch, ReferenceRows.ROWS - from);
      classifier.classify(
          FeatureBatch.of(
              Arrays.copyOfRange(features, from * inputs, (from + rows) * inputs), rows),
          scores);
      for (int row = 0; row < rows; row++) {
        String place = "row %d in batches of %d".formatted(from + row, batch);
        double[] p = row(scores.probabilities(), row, classes);
        assertThat(excess(p, expected[from + row], 1e-6, 1e-5)).as(place).isNegative();
        assertThat(excess(row(scores.logits(), row, classes), expectedLogits[from + row], 1e-5, 0))
            .as(place)
            .isNegative();
        assertThat(Arrays.stream(p).sum()).as(place).isCloseTo(1, within(1e-6));
        assertThat(scores.labels()[row]).as(place).isEqualTo(predictions[from + row]);
      }
    }
  }

  private static double[] row(float[] values, int row, int length) {
    double[] copy = new double[length];
    Arrays.setAll(copy, k -> values[row * length + k]);
    return copy;
  }

  /** By how much the farthest value is beyond its tolerance. */
  private static double excess(
      double[] actual, double[] expected, double absolute, double relative) {
    double excess = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < expected.length; k++) {
      double tolerance = absolute + relative * Math.abs(expected[k]);
      excess = Math.max(excess, Math.abs(actual[k] - expected[k]) - tolerance);
    }
    return excess;
  }
}
