package io.logitflow.classifier.output;

/** {@code p_k = exp(z_k - max z) / sum_j exp(z_j - max z)}. */
public record Softmax() implements OutputFunction {

  @Override
  public double[] probabilities(double[] logits, long seed) {
    return of(logits);
  }

  /** Softmax of a vector that is not empty. */
  static double[] of(double[] logits) {
    double max = max(logits);
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.exp(logits[k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }

  /** {@code ln sum_k exp(z_k)} over the first logits, shifted by their maximum. */
  static double logSumExp(double[] logits, int count) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      max = Math.max(max, logits[k]);
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += Math.exp(logits[k] - max);
    }
    return max + Math.log(sum);
  }

  static double max(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
