package io.logitflow.generator.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate that rises at regular intervals. The first burst begins one interval after the start.
 *
 * @param factor what the rate is multiplied by, above 0; below 1 makes it a lull
 * @param length how long a burst takes; shorter than the interval
 * @param every time from the begin of one burst to the begin of the next
 */
public record Burst(double factor, Duration length, Duration every) {
  private static final Pattern SYNTAX =
      Pattern.compile("(?<factor>[0-9]+(\\.[0-9]+)?)x:(?<length>[^:]+):every=(?<every>[^:]+)");

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Burst {
    if (!(factor > 0) || factor > 1e6) {
      throw new IllegalArgumentException(
          "burst factor " + factor + ", expected above 0 and 1e6 at most");
    }
    if (length.isZero() || length.isNegative() || length.compareTo(every) >= 0) {
      throw new IllegalArgumentException(
          "burst of "
              + length.toMillis()
              + " ms every "
              + every.toMillis()
              + " ms, expected longer than 0 and shorter than the interval");
    }
  }

  /**
   * Reads {@code FACTORx:LENGTH:every=INTERVAL}, such as {@code 10x:2s:every=30s}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Burst parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no burst; expected FACTORx:LENGTH:every=INTERVAL such as 10x:2s:every=30s");
    }
    return new Burst(
        Double.parseDouble(matcher.group("factor")),
        DurationText.parse(matcher.group("length")),
        DurationText.parse(matcher.group("every")));
  }
}
