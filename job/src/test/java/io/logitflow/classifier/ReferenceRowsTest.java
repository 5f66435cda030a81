package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.KernelChoices;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
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
                new Calibration(1, reference.temperature()), 2, Instant.ofEpochMilli(5));
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
    float[] logits = new float[batch * classes];
    float[] probabilities = new float[batch * classes];
    for (int from = 0; from < ReferenceRows.ROWS; from += batch) {
      int rows = Math.min(batch, ReferenceRows.ROWS - from);
      classifier.classify(
          Arrays.copyOfRange(features, from * inputs, (from + rows) * inputs),
          rows,
          logits,
          probabilities);
      for (int row = 0; row < rows; row++) {
        for (int k = 0; k < classes; k++) {
          double p = expected[from + row][k];
          assertThat((double) probabilities[row * classes + k])
              .as("row %d, class %d, batches of %d", from + row, k, batch)
              .isCloseTo(p, within(1e-6 + 1e-5 * p));
          assertThat((double) logits[row * classes + k])
              .isCloseTo(expectedLogits[from + row][k], within(1e-5));
        }
        assertThat(Argmax.argmax(probabilities, row * classes, classes))
            .isEqualTo(reference.predictions()[from + row]);
      }
    }
  }
}
