package io.logitflow.calibration;

/** Log-likelihoods from finite logits, shifted by their maximum, in double, the same everywhere. */
final class LogSoftmax {

  private LogSoftmax() {}

  /** {@code ln sum_k exp(z_k) - z_y}, in nats. */
  static double nll(float[] logits, int trueClass) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += StrictMath.exp(logit - max);
    }
    return StrictMath.log(sum) + (max - logits[trueClass]);
  }
}
