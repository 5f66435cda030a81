package io.logitflow.evaluation;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.NumericsContract;
import io.logitflow.classifier.Scores;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * What a model version says of records, beside what predictions say that it did. Labels may differ
 * where the version is undecided: where the calibrated logits of the two classes are closer than
 * 1e-5, or for a class that is drawn, their probabilities.
 */
public final class Reproduction {

  private static final double UNDECIDED = 1e-5;

  private final Model model;
  private final String weights;

  /** Of a version. */
  public Reproduction(Model model) {
    this.model = model;
    this.weights = HexFormat.of().formatHex(model.weightsChecksum());
  }

  /**
   * Compares a prediction with a row of scores.
   *
   * @param scores of the version
   * @param row row of the record
   * @return in what they differ; empty if the prediction is reproduced
   */
  public Set<DifferenceKind> differences(LoggedOutput logged, Scores scores, int row) {
    Set<DifferenceKind> kinds = EnumSet.noneOf(DifferenceKind.class);
    if (!logged.weights().equals(weights)) {
      kinds.add(DifferenceKind.CHECKSUM);
    }
    if (logged.calibrationVersion() != model.calibrationVersion()) {
      kinds.add(DifferenceKind.CALIBRATION);
    }
    if (largestMiss(logged, scores, row) > 1) {
      kinds.add(DifferenceKind.PROBABILITIES);
    }
    int classes = scores.classes();
    if (logged.label() < 0 || logged.label() >= classes) {
      kinds.add(DifferenceKind.LABEL);
      return kinds;
    }
    if (logged.label() != scores.labels()[row] && !isUndecided(logged.label(), scores, row)) {
      kinds.add(DifferenceKind.LABEL);
    }
    if (logged.labelName() != null
        && !logged.labelName().equals(model.classNames().get(logged.label()))) {
      kinds.add(DifferenceKind.LABEL_NAME);
    }
    float confidence = scores.probabilities()[row * classes + logged.label()];
    if (!NumericsContract.holds(logged.confidence(), confidence)) {
      kinds.add(DifferenceKind.CONFIDENCE);
    }
    return kinds;
  }

  /**
   * The largest distance of a probability from that of the version, as a part of what the numerics
   * contract allows: at most 1 where it holds. Infinite if there are not as many.
   */
  public double largestMiss(LoggedOutput logged, Scores scores, int row) {
    int classes = scores.classes();
    if (logged.probabilities().length != classes) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int k = 0; k < classes; k++) {
      double miss =
          NumericsContract.miss(
              logged.probabilities()[k], scores.probabilities()[row * classes + k]);
      largest = Double.isNaN(miss) ? Double.POSITIVE_INFINITY : Math.max(largest, miss);
    }
    return largest;
  }

  /** What the version says of a row, in the form of a prediction. */
  public LoggedOutput expected(Scores scores, int row) {
    int classes = scores.classes();
    int label = scores.labels()[row];
    float[] probabilities = new float[classes];
    System.arraycopy(scores.probabilities(), row * classes, probabilities, 0, classes);
    return new LoggedOutput(
        weights,
        model.calibrationVersion(),
        label,
        model.classNames().get(label),
        probabilities[label],
        probabilities);
  }

  private boolean isUndecided(int label, Scores scores, int row) {
    int from = row * scores.classes();
    int expected = scores.labels()[row];
    if (model.outputFunction().drawsLabel()) {
      return Math.abs(
              scores.probabilities()[from + expected] - scores.probabilities()[from + label])
          < UNDECIDED;
    }
    double[] pair = new double[scores.classes()];
    pair[expected] = scores.logits()[from + expected];
    pair[label] = scores.logits()[from + label];
    double[] calibrated = model.calibration().apply(pair);
    return Math.abs(calibrated[expected] - calibrated[label]) < UNDECIDED;
  }
}
