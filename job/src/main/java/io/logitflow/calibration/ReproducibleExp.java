package io.logitflow.calibration;

/**
 * The exponential of numbers that are not above 0, the same bits on every machine: only additions
 * and products, which Java rounds alike everywhere. {@link Math#exp} may differ between machines,
 * and {@link StrictMath#exp} takes several times as long.
 *
 * <p>{@code e^x = 2^k e^r} with {@code |r| <= ln(2)/2} and the Taylor polynomial of degree 13,
 * which leaves out less than 5e-18; the relative error is below 1e-15.
 */
final class ReproducibleExp {

  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts: the first has zeros at its end, so that its products with k are exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Adding and subtracting it rounds to an integer. */
  private static final double ROUNDING = 0x1.8p52;

  /** Below it the result would not be a normal number, and is 0. */
  private static final double MIN_ARGUMENT = -708;

  private ReproducibleExp() {}

  static double of(double x) {
    if (x < MIN_ARGUMENT) {
      return 0;
    }
    double shifted = x * LOG2_E + ROUNDING;
    double k = shifted - ROUNDING;
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
    double middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double high =
        (1.0 / 40320 + r * (1.0 / 362880))
            + r2 * (1.0 / 3628800 + r * (1.0 / 39916800))
            + r4 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    double power = Double.longBitsToDouble(((long) k + 1023) << 52);
    return (low + r4 * (middle + r4 * high)) * power;
  }
}
