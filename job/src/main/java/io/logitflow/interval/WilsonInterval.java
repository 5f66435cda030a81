package io.logitflow.interval;

/**
 * The interval of Wilson (1927) for a proportion, from a sample whose size did not depend on what
 * was seen: {@code (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2/n)}.
 */
public final class WilsonInterval {

  private WilsonInterval() {}

  /**
   * Computes it.
   *
   * @param z standard normal quantile, {@link StandardNormal#Z_95} for 95%
   */
  public static Interval of(long successes, long trials, double z) {
    if (trials <= 0) {
      return Interval.UNDEFINED;
    }
    double n = trials;
    double p = successes / n;
    double scale = 1 + z * z / n;
    double centre = (p + z * z / (2 * n)) / scale;
    double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
    return new Interval(
        successes == 0 ? 0 : Math.max(0, centre - half),
        successes == trials ? 1 : Math.min(1, centre + half));
  }
}
