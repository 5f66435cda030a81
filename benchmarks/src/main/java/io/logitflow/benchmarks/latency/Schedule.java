package io.logitflow.benchmarks.latency;

import java.time.Duration;

/**
 * A fixed rate, in bursts. Record {@code n}, from 0, is to be sent in the last burst that is not
 * later than {@code n / rate} seconds after the start, however long earlier ones took: a latency
 * counted from that time includes what a record waited for a generator, a broker or a pipeline that
 * was stuck (no coordinated omission).
 *
 * <p>Without bursts every record is a request of its own to the broker, and again one of whatever
 * answers it: on few cores that measures how many requests a second they can do.
 *
 * @param startNanos when record 0 is to be sent, of {@link System#nanoTime}
 * @param recordsPerSecond rate, above 0
 * @param burstNanos from one burst to the next; 1: none
 */
record Schedule(long startNanos, double recordsPerSecond, long burstNanos) implements Pace {

  /** When a record is to be sent. */
  long intendedNanos(long number) {
    return startNanos + evenly(number) / burstNanos * burstNanos;
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
    long burstEnd = ((nanos - startNanos) / burstNanos + 1) * burstNanos;
    long due = (long) (burstEnd / 1e9 * recordsPerSecond);
    // The estimate and the times of the records are rounded apart.
    while (evenly(due) < burstEnd) {
      due++;
    }
    while (due > 0 && evenly(due - 1) >= burstEnd) {
      due--;
    }
    return due;
  }

  @Override
  public long nextNanos(long sent, long nanos) {
    return intendedNanos(sent);
  }

  /** When a record would be sent without bursts, from the start. */
  private long evenly(long number) {
    return Math.round(number * (1e9 / recordsPerSecond));
  }
}
