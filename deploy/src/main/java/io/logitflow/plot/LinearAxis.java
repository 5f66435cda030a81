package io.logitflow.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Places numbers along a line of pixels, with ticks at round numbers.
 *
 * @param from number at pixel {@code start}
 * @param to number at pixel {@code end}; above {@code from}
 * @param start in pixels
 * @param end in pixels; below {@code start} for an axis that grows upwards
 */
record LinearAxis(double from, double to, int start, int end) {

  private static final int[] STEPS = {1, 2, 5, 10};

  LinearAxis {
    if (!(to > from && Double.isFinite(to - from))) {
      throw new IllegalArgumentException("an axis from %s to %s".formatted(from, to));
    }
  }

  /** Pixel of a number; numbers beyond the ends are at the ends. */
  int pixel(double value) {
    double share = (value - from) / (to - from);
    return (int) Math.round(start + Math.min(1, Math.max(0, share)) * (end - start));
  }

  /**
   * Round numbers in ascending order: multiples of 1, 2 or 5 times a power of ten.
   *
   * @param distance pixels between two of them at least
   */
  List<BigDecimal> ticks(int distance) {
    BigDecimal step = step((to - from) * distance / Math.abs(end - start));
    List<BigDecimal> ticks = new ArrayList<>();
    BigDecimal tick = new BigDecimal(from).divide(step, 0, RoundingMode.CEILING).multiply(step);
    while (tick.compareTo(new BigDecimal(to)) <= 0) {
      ticks.add(tick);
      tick = tick.add(step);
    }
    return ticks;
  }

  /** The same with their pixels and texts. */
  List<Tick> labels(int distance) {
    return ticks(distance).stream()
        .map(tick -> new Tick(pixel(tick.doubleValue()), text(tick)))
        .toList();
  }

  /** The text of a tick: no more digits than it takes. */
  static String text(BigDecimal tick) {
    BigDecimal shortest = tick.round(MathContext.DECIMAL32).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    return Math.abs(exponent) > 4 && shortest.signum() != 0
        ? shortest.toString()
        : shortest.toPlainString();
  }

  private static BigDecimal step(double atLeast) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(atLeast)));
    for (int step : STEPS) {
      BigDecimal candidate = power.multiply(BigDecimal.valueOf(step));
      if (candidate.doubleValue() >= atLeast) {
        return candidate;
      }
    }
    return power.multiply(BigDecimal.TEN);
  }
}
