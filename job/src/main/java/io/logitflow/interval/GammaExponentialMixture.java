package io.logitflow.interval;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The one-sided gamma-exponential mixture of Howard et al. (2021) for sums of bounded differences:
 * with {@code r = rho / c^2}, {@code v' = (v + rho) / c^2}, {@code y = (c s + v) / c^2} and {@code
 * x = y + r},
 *
 * <pre>ln M = r ln r - lnGamma(r) - ln P(r, r) + lnGamma(v') + ln P(v', x) - v' ln x + y</pre>
 *
 * <p>P is the lower regularised incomplete gamma function. Everything is computed as logarithms.
 */
public final class GammaExponentialMixture {

  /** Halvings of the range of a bound: down to the resolution of doubles. */
  private static final int HALVINGS = 100;

  private final double rho;
  private final double scale;
  private final double constant;

  /**
   * Creates a mixture.
   *
   * @param rho precision, above 0
   * @param scale c: the length of the range in which each addend is, above 0
   */
  public GammaExponentialMixture(double rho, double scale) {
    this.rho = rho;
    this.scale = scale;
    double r = rho / (scale * scale);
    this.constant = r * Math.log(r) - LogGamma.value(r) - LogRegularisedGamma.lower(r, r);
  }

  /** The mixture that is tightest where the variance process has a value, at a level below 1/2. */
  public static GammaExponentialMixture tightestAt(
      double intrinsicTime, double alpha, double scale) {
    return new GammaExponentialMixture(MixturePrecision.oneSided(intrinsicTime, alpha), scale);
  }

  public double rho() {
    return rho;
  }

  /** Log of the mixture supermartingale at a sum and a variance process of at least 0. */
  public double logMixture(double sum, double variance) {
    double square = scale * scale;
    double r = rho / square;
    double shape = (variance + rho) / square;
    double y = (scale * sum + variance) / square;
    double x = y + r;
    if (x <= 0) {
      return constant - r - Math.log(shape);
    }
    return constant
        + LogGamma.value(shape)
        + LogRegularisedGamma.lower(shape, x)
        - shape * Math.log(x)
        + y;
  }

  /** The sum that is exceeded ever with probability alpha at most. */
  public double bound(double variance, double alpha) {
    double threshold = Math.log(1 / alpha);
    double low = 0;
    double high = 1;
    while (logMixture(high, variance) < threshold) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < HALVINGS && high - low > Math.ulp(high); i++) {
      double middle = (low + high) / 2;
      if (logMixture(middle, variance) < threshold) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
