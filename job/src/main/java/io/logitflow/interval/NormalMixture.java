package io.logitflow.interval;

/**
 * The two-sided normal mixture of Robbins, as in Howard et al. (2021): sums of centred sub-Gaussian
 * numbers stay within {@link #bound} at all times with probability {@code 1 - alpha}.
 *
 * @param rho precision of the mixture, above 0
 */
public record NormalMixture(double rho) {

  /** The mixture that is tightest where the variance process has a value, at a level. */
  public static NormalMixture tightestAt(double intrinsicTime, double alpha) {
    return new NormalMixture(MixturePrecision.twoSided(intrinsicTime, alpha));
  }

  /** Log of the mixture martingale at a sum and a variance process. */
  public double logMixture(double sum, double variance) {
    return 0.5 * Math.log(rho / (variance + rho)) + sum * sum / (2 * (variance + rho));
  }

  /** Distance of the sum from 0 that is exceeded ever with probability alpha at most. */
  public double bound(double variance, double alpha) {
    return Math.sqrt((variance + rho) * (Math.log1p(variance / rho) + 2 * Math.log(1 / alpha)));
  }
}
