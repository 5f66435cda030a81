package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.classifier.output.OutputFunction;

/** Calibration and output function of a model, row by row in float64. Immutable. */
final class OutputStage {

  private final OutputFunction function;
  private final Calibration calibration;

  OutputStage(Model model) {
    this.function = model.outputFunction();
    this.calibration = model.calibration();
  }

  /**
   * Writes logits, probabilities and label of a row.
   *
   * <p>Logits beyond float32 are given as infinities of their sign: cut to the largest float32, two
   * of them would be equal, and the prediction would not be the largest probability. The logarithm
   * of a probability is cut: it is the largest of none.
   *
   * @param networkOutput scores of the row
   * @param seed of the record
   */
  void write(double[] networkOutput, long seed, int row, Scores scores) {
    double[] logits = function.logits(networkOutput);
    boolean logProbabilities = logits != networkOutput;
    int from = row * logits.length;
    for (int k = 0; k < logits.length; k++) {
      float logit = (float) logits[k];
      scores.logits()[from + k] = logProbabilities ? Math.max(logit, -Float.MAX_VALUE) : logit;
    }
    double[] calibrated = calibration.apply(logits);
    double[] probabilities = function.probabilities(calibrated, seed);
    for (int k = 0; k < probabilities.length; k++) {
      scores.probabilities()[from + k] = (float) probabilities[k];
    }
    scores.labels()[row] = label(calibrated, from, scores);
  }

  private int label(double[] calibrated, int from, Scores scores) {
    if (!function.drawsLabel() && calibration.hasBiases()) {
      return Argmax.argmax(calibrated);
    }
    float[] decisive = function.drawsLabel() ? scores.probabilities() : scores.logits();
    return Argmax.argmax(decisive, from, calibrated.length);
  }
}
