package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Argmax;
import io.logitflow.classifier.output.OutputFunction;

/** Calibration and output function of a model, row by row in float64. Immutable. */
final class OutputStage {

  private final OutputFunction function;
  private final double temperature;

  OutputStage(Model model) {
    this.function = model.outputFunction();
    this.temperature = model.calibration().temperature();
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
    double[] calibrated = new double[logits.length];
    int from = row * logits.length;
    for (int k = 0; k < logits.length; k++) {
      float logit = (float) logits[k];
      scores.logits()[from + k] = logProbabilities ? Math.max(logit, -Float.MAX_VALUE) : logit;
      calibrated[k] = logits[k] / temperature;
    }
    double[] probabilities = function.probabilities(calibrated, seed);
    for (int k = 0; k < probabilities.length; k++) {
      scores.probabilities()[from + k] = (float) probabilities[k];
    }
    float[] decisive = function.drawsLabel() ? scores.probabilities() : scores.logits();
    scores.labels()[row] = Argmax.argmax(decisive, from, logits.length);
  }
}
