package io.logitflow.evaluation;

import io.logitflow.interval.GammaExponentialMixture;

/**
 * Differences of two versions on the same records, window after window in the order of time, and
 * what they prove to who looks after every window: {@code d = half-Brier(reference) -
 * half-Brier(version)} in [-1, 1].
 *
 * <p>The e-process of Choe and Ramdas: with S the sum of d and V that of {@code (d - gamma)^2}, the
 * gamma-exponential mixture for addends in a range of 2. The centre gamma is the mean of all
 * windows before, and so is known when a window begins; a window needs no more than its number of
 * records, sum and sum of squares.
 */
public final class PairedSequence {

  /** Length of the range of d. */
  private static final double RANGE = 2;

  private static final double ALPHA = 0.05;

  private final GammaExponentialMixture evidence;
  private final GammaExponentialMixture oneSide;
  private long count;
  private double sum;
  private double variance;

  /**
   * No window yet.
   *
   * @param intrinsicTime V at which the evidence is to be strongest: expected records times the
   *     variance of d
   */
  public PairedSequence(double intrinsicTime) {
    this.evidence = GammaExponentialMixture.tightestAt(intrinsicTime, ALPHA, RANGE);
    this.oneSide = GammaExponentialMixture.tightestAt(intrinsicTime, ALPHA / 2, RANGE);
  }

  /**
   * Adds the next window.
   *
   * @param records records in it
   * @param windowSum sum of their d
   * @param windowSquares sum of their d squared
   */
  public void add(long records, double windowSum, double windowSquares) {
    double centre = count == 0 ? 0 : sum / count;
    // Rounding must not make a sum of squares negative.
    variance += Math.max(0, windowSquares - 2 * centre * windowSum + records * centre * centre);
    sum += windowSum;
    count += records;
  }

  /** Records of all windows. */
  public long count() {
    return count;
  }

  /** Mean of d; NaN without records. */
  public double mean() {
    return count == 0 ? Double.NaN : sum / count;
  }

  /** V. */
  public double variance() {
    return variance;
  }

  /** Log of the e-value against "the version is not better". */
  public double logEValue() {
    return evidence.logMixture(sum, variance);
  }

  /** Log of the e-value against "the version is not worse". */
  public double logEValueAgainst() {
    return evidence.logMixture(-sum, variance);
  }

  /**
   * Lower end of the 95% confidence sequence of the mean: both ends hold at all times at once with
   * that probability. At least -1; NaN without records.
   */
  public double lower() {
    return count == 0 ? Double.NaN : Math.max(-1, mean() - radius());
  }

  /** Upper end, at most 1. */
  public double upper() {
    return count == 0 ? Double.NaN : Math.min(1, mean() + radius());
  }

  private double radius() {
    return oneSide.bound(variance, ALPHA / 2) / count;
  }
}
