package io.logitflow.calibration;

/**
 * A fine grid for what needs quantiles of the confidence: 4096 bins of equal width of {@code
 * logit(c) = ln(c / (1 - c))} on [-12, 12], which stay narrow where confidences crowd near 1.
 */
final class MicroBins {

  static final int COUNT = 4096;

  private static final double MAX_LOGIT = 12;

  private MicroBins() {}

  /** The bin of a confidence in [0, 1]; what is beyond the grid is in its first or last bin. */
  static int of(double confidence) {
    double logit = StrictMath.log(confidence / (1 - confidence));
    double position = (logit + MAX_LOGIT) * (COUNT / (2 * MAX_LOGIT));
    return (int) Math.max(0, Math.min(COUNT - 1, Math.floor(position)));
  }
}
