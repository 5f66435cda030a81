package io.logitflow.interval;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** Logarithms of the regularised incomplete gamma functions, also where these are no doubles. */
final class LogRegularisedGamma {

  /** Below it, values lose digits to the denormal range. */
  private static final double MIN_VALUE = 1e-290;

  private LogRegularisedGamma() {}

  /**
   * {@code ln P(a, x)} for a and x above 0. Where P is too small for a double, x is far below a,
   * and the series {@code x^a e^-x / Gamma(a + 1) * sum_n x^n / ((a + 1) ... (a + n))} of positive
   * terms converges at once.
   */
  static double lower(double a, double x) {
    double upper = RegularizedGamma.Q.value(a, x);
    if (upper < 0.5) {
      return Math.log1p(-upper);
    }
    double lower = RegularizedGamma.P.value(a, x);
    if (lower > MIN_VALUE) {
      return Math.log(lower);
    }
    double sum = 1;
    double term = 1;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return a * Math.log(x) - x - LogGamma.value(a + 1) + Math.log(sum);
  }
}
