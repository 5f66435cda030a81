package io.logitflow.promotion;

import io.logitflow.interval.GammaExponentialMixture;
import java.io.Serializable;

/**
 * The sum of differences d in [-1, 1] and its variance process {@code V = sum (d - gamma)^2}, as
 * the test of Choe and Ramdas (2024) needs them. The centre gamma only has to be known before the
 * differences are: it is frozen at the mean before the window, so that a window adds {@code Q - 2
 * gamma s + n gamma^2}, from its number n, its sum s and its sum of squares Q alone.
 *
 * @param count differences
 * @param sum S: their sum
 * @param variance V, at least 0
 */
public record DifferenceProcess(long count, double sum, double variance) implements Serializable {

  /** Before the first window. */
  public static final DifferenceProcess NONE = new DifferenceProcess(0, 0, 0);

  /** Length of the range in which differences of two losses in [0, 1] are. */
  static final double SCALE = 2;

  /**
   * The process after one more window.
   *
   * @param differences number of differences in the window
   * @param sumOfThem their sum
   * @param sumOfSquares sum of their squares
   */
  public DifferenceProcess after(long differences, double sumOfThem, double sumOfSquares) {
    double centre = centre();
    double added = sumOfSquares - 2 * centre * sumOfThem + differences * centre * centre;
    return new DifferenceProcess(
        count + differences, sum + sumOfThem, variance + Math.max(0, added));
  }

  /** The centre for the next window: the mean, 0 before the first. */
  public double centre() {
    return count == 0 ? 0 : sum / count;
  }

  /** That of the differences with the opposite sign. */
  public DifferenceProcess reversed() {
    return new DifferenceProcess(count, -sum, variance);
  }

  /**
   * Logarithm of the e-process against "the mean difference is at most 0": where that is so, it
   * ever reaches {@code ln(1/alpha)} with probability alpha at most.
   */
  public double logEvidence(GammaExponentialMixture mixture) {
    return mixture.logMixture(sum, variance);
  }

  /**
   * Lower bound of the mean difference, which holds at all times at once with probability {@code 1
   * - alpha}; NaN before the first window.
   */
  public double lowerBound(GammaExponentialMixture mixture, double alpha) {
    return count == 0 ? Double.NaN : (sum - mixture.bound(variance, alpha)) / count;
  }

  /** The mixture that is tightest for differences whose variance process has a value. */
  static GammaExponentialMixture tightestAt(double variance, double alpha) {
    return GammaExponentialMixture.tightestAt(variance, alpha, SCALE);
  }
}
