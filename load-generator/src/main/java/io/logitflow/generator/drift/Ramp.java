package io.logitflow.generator.drift;

import io.logitflow.generator.schedule.DurationText;

/**
 * When a drift sets in: at once, or linearly over a while.
 *
 * @param unit what from and to count
 * @param from where the drift begins
 * @param to where it is complete; equal to {@code from} if it is sudden
 */
public record Ramp(Unit unit, long from, long to) {

  /** What a place in the stream is measured in. */
  public enum Unit {
    /** Nanoseconds of the schedule, or of the run if the rate is unlimited. */
    NANOS,
    /** Feature records sent: the only one that repeats exactly when the rate is unlimited. */
    RECORDS
  }

  /** From the first record on. */
  public static final Ramp ALWAYS = new Ramp(Unit.RECORDS, 0, 0);

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if it ends before it begins
   */
  public Ramp {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("a drift must not end before it begins");
    }
  }

  /**
   * Reads {@code 30s}, {@code 30s..60s}, {@code 10000} or {@code 10000..20000}: a time after the
   * start or a number of records.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Ramp parse(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("'" + text + "' is no place; expected 30s or 30s..60s");
    }
    String first = ends[0];
    String last = ends[ends.length - 1];
    boolean records = first.matches("[0-9]{1,18}");
    if (records != last.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          "'" + text + "' mixes a time and a number of records; expected one kind");
    }
    return records
        ? new Ramp(Unit.RECORDS, Long.parseLong(first), Long.parseLong(last))
        : new Ramp(
            Unit.NANOS, DurationText.parse(first).toNanos(), DurationText.parse(last).toNanos());
  }

  /**
   * How far the drift has come.
   *
   * @param nanos place of a record in the schedule
   * @param record number of the record, from 0
   * @return 0 (not begun) to 1 (complete)
   */
  public double intensity(long nanos, long record) {
    long place = unit == Unit.NANOS ? nanos : record;
    if (place >= to) {
      return 1;
    }
    return place <= from ? 0 : (double) (place - from) / (to - from);
  }
}
