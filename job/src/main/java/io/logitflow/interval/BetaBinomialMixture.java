package io.logitflow.interval;

import org.apache.commons.numbers.gamma.LogBeta;

/**
 * The two-sided beta-binomial mixture of Howard et al. (2021), for sums of centred numbers that are
 * -g or h. With {@code s} the sum and {@code v} the variance process,
 *
 * <pre>ln M = v/(gh) ln(g + h) - (v + hs)/(h (g + h)) ln g - (v - gs)/(g (g + h)) ln h
 *      + lnB((r + v - gs)/(g (g + h)), (r + v + hs)/(h (g + h))) - lnB(r/(g (g + h)), r/(h (g + h)))
 * </pre>
 *
 * @param r precision, above 0
 * @param g distance of the lower value from 0, above 0
 * @param h distance of the upper value from 0, above 0
 */
public record BetaBinomialMixture(double r, double g, double h) {

  /** The least precision, as a part of g h. */
  private static final double MIN_PRECISION = 1e-3;

  private static final double CONFIDENCE_SEQUENCE_ALPHA = 0.05;

  private static final int HALVINGS = 100;

  /** The mixture that is tightest where the variance process has a value, at a level. */
  public static BetaBinomialMixture tightestAt(
      double intrinsicTime, double alpha, double g, double h) {
    double rho = MixturePrecision.twoSided(intrinsicTime, alpha);
    return new BetaBinomialMixture(Math.max(rho - g * h, MIN_PRECISION * g * h), g, h);
  }

  /** Log of the mixture martingale at a sum and a variance process. */
  public double logMixture(double sum, double variance) {
    double range = g + h;
    return variance / (g * h) * Math.log(range)
        - (variance + h * sum) / (h * range) * Math.log(g)
        - (variance - g * sum) / (g * range) * Math.log(h)
        + LogBeta.value(
            (r + variance - g * sum) / (g * range), (r + variance + h * sum) / (h * range))
        - LogBeta.value(r / (g * range), r / (h * range));
  }

  /**
   * A confidence sequence for a proportion: the probability that the interval ever misses it, over
   * all numbers of trials, is at most alpha. It holds the proportions at which the martingale is
   * below 1 / alpha.
   *
   * @param successes from 0 to the trials
   * @param alpha in (0, 1)
   * @param tightestAt number of trials at which the interval is to be tightest, at least 1
   */
  public static Interval confidenceSequence(
      long successes, long trials, double alpha, double tightestAt) {
    if (trials <= 0) {
      return Interval.UNDEFINED;
    }
    double threshold = Math.log(1 / alpha);
    double proportion = (double) successes / trials;
    return new Interval(
        successes == 0 ? 0 : edge(successes, trials, tightestAt, threshold, 0, proportion),
        successes == trials ? 1 : edge(successes, trials, tightestAt, threshold, 1, proportion));
  }

  /** Where the martingale falls below a threshold, between a proportion outside and one inside. */
  private static double edge(
      long successes,
      long trials,
      double tightestAt,
      double threshold,
      double outside,
      double inside) {
    double out = outside;
    double in = inside;
    for (int i = 0; i < HALVINGS && out != in; i++) {
      double middle = (out + in) / 2;
      if (middle == out || middle == in) {
        break;
      }
      if (logMartingale(successes, trials, tightestAt, middle) < threshold) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return in;
  }

  private static double logMartingale(long successes, long trials, double tightestAt, double p) {
    double variance = p * (1 - p);
    BetaBinomialMixture mixture =
        tightestAt(variance * tightestAt, CONFIDENCE_SEQUENCE_ALPHA, p, 1 - p);
    return mixture.logMixture(successes - trials * p, variance * trials);
  }
}
