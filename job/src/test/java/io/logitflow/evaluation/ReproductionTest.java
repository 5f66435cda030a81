package io.logitflow.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.output.GumbelSoftmax;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReproductionTest {

  private static final Softmax SOFTMAX = new Softmax();

  @Test
  void whatTheVersionSaysIsReproduced() throws InvalidModelException {
    Case is = new Case(model(SOFTMAX), 1, 3);
    assertThat(is.differences(is.served())).isEmpty();
  }

  @Test
  void aProbabilityWithinTheNumericsContractIsReproducedAndOneBeyondIsNot()
      throws InvalidModelException {
    Case is = new Case(model(SOFTMAX), 1, 3);
    LoggedOutput served = is.served();
    float p = served.probabilities()[0];
    float[] within = served.probabilities().clone();
    within[0] = p + 0.9f * (1e-6f + 1e-5f * p);
    float[] beyond = served.probabilities().clone();
    beyond[0] = p + 1.3f * (1e-6f + 1e-5f * p);
    float[] fewer = {p};
    float[] none = served.probabilities().clone();
    none[1] = Float.NaN;
    assertThat(is.differences(with(served, within))).isEmpty();
    assertThat(is.differences(with(served, beyond))).containsExactly(DifferenceKind.PROBABILITIES);
    assertThat(is.differences(with(served, fewer))).containsExactly(DifferenceKind.PROBABILITIES);
    assertThat(is.differences(with(served, none))).containsExactly(DifferenceKind.PROBABILITIES);
  }

  private static LoggedOutput with(LoggedOutput served, float[] probabilities) {
    return new LoggedOutput(
        served.weights(),
        served.calibrationVersion(),
        served.label(),
        served.labelName(),
        served.confidence(),
        probabilities);
  }

  @Test
  void anotherLabelDiffersUnlessTheVersionIsUndecided() throws InvalidModelException {
    Case decided = new Case(model(SOFTMAX), 1, 3);
    assertThat(decided.differences(labelled(decided.served(), 0)))
        .containsExactly(DifferenceKind.LABEL);
    // A margin of 2e-6 between the two logits.
    Case undecided = new Case(model(SOFTMAX), 1, 1 + 2e-6f);
    assertThat(undecided.served().label()).isEqualTo(1);
    assertThat(undecided.differences(labelled(undecided.served(), 0))).isEmpty();
    assertThat(decided.differences(labelled(decided.served(), 0, "b")))
        .containsExactly(DifferenceKind.LABEL, DifferenceKind.LABEL_NAME);
  }

  private static LoggedOutput labelled(LoggedOutput served, int label) {
    return labelled(served, label, label == 0 ? "a" : "b");
  }

  private static LoggedOutput labelled(LoggedOutput served, int label, String name) {
    return new LoggedOutput(
        served.weights(),
        served.calibrationVersion(),
        label,
        name,
        served.probabilities()[label],
        served.probabilities());
  }

  @Test
  void anotherCalibrationOfTheSameWeightsDiffers() throws InvalidModelException {
    Model base = model(SOFTMAX);
    Model calibrated = base.withCalibration(new Calibration(1, 2), 2, Instant.EPOCH, Map.of());
    Case is = new Case(base, 1, 3);
    assertThat(is.differences(new Case(calibrated, 1, 3).served()))
        .containsExactly(
            DifferenceKind.CALIBRATION, DifferenceKind.PROBABILITIES, DifferenceKind.CONFIDENCE);
  }

  @Test
  void otherWeightsAndAConfidenceOfAnotherClassDiffer() throws InvalidModelException {
    Case is = new Case(model(SOFTMAX), 1, 3);
    LoggedOutput served = is.served();
    assertThat(is.differences(new LoggedOutput("00", 0, 1, "b", 0.5f, served.probabilities())))
        .containsExactly(DifferenceKind.CHECKSUM, DifferenceKind.CONFIDENCE);
    assertThat(
            is.differences(
                new LoggedOutput(served.weights(), 0, 9, "b", 0.5f, served.probabilities())))
        .containsExactly(DifferenceKind.LABEL);
  }

  @Test
  void aShadowHasNoNameOfItsClassToCompare() throws InvalidModelException {
    Case is = new Case(model(SOFTMAX), 1, 3);
    LoggedOutput served = is.served();
    LoggedOutput shadow =
        new LoggedOutput(served.weights(), 0, 1, null, served.confidence(), served.probabilities());
    assertThat(is.differences(shadow)).isEmpty();
    assertThat(shadow.text()).startsWith("class 1 with 0.8");
    assertThat(served.text()).startsWith("class 1 (b) with 0.8");
  }

  /** What is drawn depends on the seed of the record alone, so it comes again. */
  @Test
  void aDrawnClassIsReproducedByTheSameSeedOnly() throws InvalidModelException {
    Model drawing = model(new GumbelSoftmax(0.7, 5));
    assertThat(new Case(drawing, 1, 1.5f, 11).differences(new Case(drawing, 1, 1.5f, 11).served()))
        .isEmpty();
    assertThat(new Case(drawing, 1, 1.5f, 11).differences(new Case(drawing, 1, 1.5f, 12).served()))
        .contains(DifferenceKind.PROBABILITIES);
  }

  private static Model model(OutputFunction output) throws InvalidModelException {
    return Model.builder()
        .name("m")
        .version(1)
        .createdAt(Instant.EPOCH)
        .classNames(List.of("a", "b"))
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(new float[] {1, 0, 0, 1}, 2, 2),
                    Tensor.float32(new float[2], 2))))
        .outputFunction(output)
        .build();
  }

  /** A record with these features, scored by a model. */
  private static final class Case {
    private final Reproduction reproduction;
    private final Scores scores = new Scores(1, 2);

    Case(Model model, float first, float second) throws InvalidModelException {
      this(model, first, second, 1);
    }

    Case(Model model, float first, float second, long seed) throws InvalidModelException {
      reproduction = new Reproduction(model);
      try (Classifier classifier = Classifiers.load(model, KernelChoice.SCALAR)) {
        classifier.classify(new FeatureBatch(new float[] {first, second}, 1, row -> seed), scores);
      }
    }

    LoggedOutput served() {
      return reproduction.expected(scores, 0);
    }

    List<DifferenceKind> differences(LoggedOutput logged) {
      return List.copyOf(reproduction.differences(logged, scores, 0));
    }
  }
}
