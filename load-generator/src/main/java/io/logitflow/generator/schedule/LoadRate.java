package io.logitflow.generator.schedule;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many feature records a second are due, whatever became of the ones before: an open loop. A
 * generator that waited for the system under load would send less exactly when the system is slow,
 * and hide the delay (coordinated omission).
 *
 * @param perSecond records a second outside bursts; 0: as fast as possible
 * @param burst bursts on top; needs a rate
 */
public record LoadRate(double perSecond, Optional<Burst> burst) {
  private static final double NANOS = 1e9;
  private static final double MAX_PER_SECOND = 1e8;
  private static final Pattern SYNTAX =
      Pattern.compile("(?<number>[0-9]{1,12}(\\.[0-9]{1,9})?)(?<unit>[kM]?)");

  /** As fast as possible. */
  public static final LoadRate UNLIMITED = new LoadRate(0, Optional.empty());

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if the rate is out of its range, or 0 with bursts
   */
  public LoadRate {
    if (!(perSecond >= 0) || perSecond > MAX_PER_SECOND) {
      throw new IllegalArgumentException(
          "rate " + perSecond + ", expected 0 to 100M records a second");
    }
    if (perSecond == 0 && burst.isPresent()) {
      throw new IllegalArgumentException("bursts need a rate above 0 to multiply");
    }
  }

  /** A steady rate; 0: as fast as possible. */
  public static LoadRate of(double perSecond) {
    return new LoadRate(perSecond, Optional.empty());
  }

  /**
   * Reads records a second, such as {@code 5000}, {@code 5k} or {@code 1.5M}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static double parsePerSecond(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no rate; expected records a second such as 5000, 5k or 1.5M, or 0 for as fast"
              + " as possible");
    }
    double unit =
        switch (matcher.group("unit")) {
          case "k" -> 1e3;
          case "M" -> 1e6;
          default -> 1;
        };
    return of(Double.parseDouble(matcher.group("number")) * unit).perSecond();
  }

  /** Whether records go out as fast as possible. */
  public boolean unlimited() {
    return perSecond == 0;
  }

  /**
   * When a record is due: the inverse of the number of records due by a time.
   *
   * @param record number of the record, from 0
   * @return nanoseconds after the start; 0 if unlimited
   */
  public long dueNanos(long record) {
    if (unlimited()) {
      return 0;
    }
    if (burst.isEmpty()) {
      return (long) (record * NANOS / perSecond);
    }
    double every = burst.get().every().toNanos();
    double length = burst.get().length().toNanos();
    double factor = burst.get().factor();
    double perNano = perSecond / NANOS;
    double beforeFirst = every * perNano;
    if (record < beforeFirst) {
      return (long) (record / perNano);
    }
    double inBurst = length * factor * perNano;
    double inCycle = inBurst + (every - length) * perNano;
    double cycle = Math.floor((record - beforeFirst) / inCycle);
    double rest = record - beforeFirst - cycle * inCycle;
    double inTheCycle =
        rest < inBurst ? rest / (factor * perNano) : length + (rest - inBurst) / perNano;
    return (long) ((cycle + 1) * every + inTheCycle);
  }

  /**
   * The rate at a time.
   *
   * @param nanos after the start
   * @return records a second; 0 if unlimited
   */
  public double perSecondAt(long nanos) {
    if (burst.isEmpty()) {
      return perSecond;
    }
    long every = burst.get().every().toNanos();
    boolean bursting = nanos >= every && nanos % every < burst.get().length().toNanos();
    return bursting ? perSecond * burst.get().factor() : perSecond;
  }
}
