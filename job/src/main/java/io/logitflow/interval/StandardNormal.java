package io.logitflow.interval;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** Tails of the normal distribution with mean 0 and variance 1, accurate far out. */
public final class StandardNormal {

  /** The quantile of 97.5%: that of two-sided intervals at 95%. */
  public static final double Z_95 = 1.959963984540054;

  private StandardNormal() {}

  /** Probability that the distance to 0 is at least that of z; NaN of NaN. */
  public static double twoSidedTail(double z) {
    return Erfc.value(Math.abs(z) / Math.sqrt(2));
  }

  /** The number that is exceeded with a probability, which is in (0, 1). */
  public static double upperQuantile(double probability) {
    return Math.sqrt(2) * InverseErfc.value(2 * probability);
  }
}
