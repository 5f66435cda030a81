package io.logitflow.console;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their units, as text; "-" where there is none. */
public final class Quantity {
  private static final String NONE = "-";

  private Quantity() {}

  /** A whole number with groups of three digits. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number without its decimals. */
  public static String rounded(double value) {
    return Double.isNaN(value) ? NONE : count(Math.round(value));
  }

  /** A number with one decimal. */
  public static String decimal(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.1f", value);
  }

  /** A share, 0 to 1, in per cent. */
  public static String percent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A number with four decimals, as probabilities and their errors have them. */
  public static String fraction(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  /** A share, 0 to 1, in per cent with one decimal and no unit. */
  public static String perCent(double share) {
    return Double.isNaN(share) ? NONE : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** A time in ms, in the unit that leaves it below a thousand or so. */
  public static String duration(double millis) {
    if (Double.isNaN(millis)) {
      return NONE;
    }
    double seconds = millis / 1e3;
    if (seconds < 1) {
      return rounded(millis) + " ms";
    }
    if (seconds < 120) {
      return decimal(seconds) + " s";
    }
    return seconds < 7200 ? decimal(seconds / 60) + " min" : decimal(seconds / 3600) + " h";
  }

  /** A time in ms. */
  public static String millis(double value) {
    return Double.isNaN(value) ? NONE : rounded(value) + " ms";
  }

  /** A time as minutes and seconds, after the first hour with hours. */
  public static String clock(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%02d:%02d".formatted(time.toMinutesPart(), time.toSecondsPart());
  }
}
