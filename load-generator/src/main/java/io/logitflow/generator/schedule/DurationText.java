package io.logitflow.generator.schedule;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as users write them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 2h}, {@code 1d}.
 */
public final class DurationText {
  private static final Pattern SYNTAX =
      Pattern.compile("(?<number>[0-9]{1,12}(\\.[0-9]{1,9})?)\\s*(?<unit>us|ms|s|m|min|h|d)");

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; expected a number and us, ms, s, m, h or d, such as 30s");
    }
    long unitNanos =
        switch (matcher.group("unit")) {
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m", "min" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 86_400_000_000_000L;
        };
    BigDecimal nanos = new BigDecimal(matcher.group("number")).multiply(new BigDecimal(unitNanos));
    if (nanos.compareTo(new BigDecimal(Long.MAX_VALUE / 4)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is longer than 70 years");
    }
    return Duration.ofNanos(nanos.longValue());
  }

  /** A duration above 0. */
  static Duration parsePositive(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("'" + text + "' must be longer than 0");
    }
    return duration;
  }
}
