package io.logitflow.demo;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, as text; "-" where there is none. */
final class Quantity {
  private static final String NONE = "-";

  private Quantity() {}

  /** A whole number with groups of three digits. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number without its decimals. */
  static String rounded(double value) {
    return Double.isNaN(value) ? NONE : count(Math.round(value));
  }

  /** A number with one decimal. */
  static String decimal(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.1f", value);
  }

  /** A share, 0 to 1, in per cent. */
  static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A time in ms. */
  static String millis(double value) {
    return Double.isNaN(value) ? NONE : rounded(value) + " ms";
  }

  /** A time as minutes and seconds, after the first hour with hours. */
  static String clock(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%02d:%02d".formatted(time.toMinutesPart(), time.toSecondsPart());
  }
}
