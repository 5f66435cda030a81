package io.logitflow.benchmarks.latency;

import java.time.Duration;

/**
 * A fixed rate. Record {@code n}, from 0, is to be sent {@code n / rate} seconds after the start,
 * however long earlier ones took: a latency counted from that time includes what a record waited
 * for a generator, a broker or a pipeline that was stuck (no coordinated omission).
 *
 * @param startNanos when record 0 is to be sent, of {@link System#nanoTime}
 * @param recordsPerSecond rate, above 0
 */
record Schedule(long startNanos, double recordsPerSecond) implements Pace {

  /** When a record is to be sent. */
  long intendedNanos(long number) {
    return startNanos + Math.round(number * (1e9 / recordsPerSecond));
  }

  /** Number of records of a duration. */
  long records(Duration duration) {
    return Math.round(duration.toNanos() / 1e9 * recordsPerSecond);
  }

  @Override
  public long due(long nanos) {
    if (nanos < startNanos) {
      return 0;
    }
    long estimate = (long) ((nanos - startNanos) / 1e9 * recordsPerSecond) + 1;
    // The estimate and intendedNanos are rounded apart.
    while (estimate > 0 && intendedNanos(estimate - 1) > nanos) {
      estimate--;
    }
    return intendedNanos(estimate) <= nanos ? estimate + 1 : estimate;
  }

  @Override
  public long nextNanos(long sent, long nanos) {
    return intendedNanos(sent);
  }
}
