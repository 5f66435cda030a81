package io.logitflow.interval;

/**
 * The parameter rho of mixture boundaries at which they are tightest, by the approximation of
 * Howard et al. (2021): {@code v / (2 ln(1/a) + ln(1 + 2 ln(1/a)))}.
 */
final class MixturePrecision {

  private MixturePrecision() {}

  /**
   * Computes rho of a two-sided boundary.
   *
   * @param intrinsicTime the variance process at which the boundary is to be tightest
   * @param alpha the level at which it is to be, in (0, 1)
   */
  static double twoSided(double intrinsicTime, double alpha) {
    double twice = 2 * Math.log(1 / alpha);
    return intrinsicTime / (twice + Math.log1p(twice));
  }

  /** Computes rho of a one-sided boundary. */
  static double oneSided(double intrinsicTime, double alpha) {
    return twoSided(intrinsicTime, 2 * alpha);
  }
}
