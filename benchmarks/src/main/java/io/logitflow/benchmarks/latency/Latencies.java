package io.logitflow.benchmarks.latency;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies of the records of one run, in ns, from the time at which each was to be sent. Written
 * by the thread of the reader; the counts may be read by others.
 */
final class Latencies {

  /** Latencies are kept to a thousandth of their value. */
  private static final int DIGITS = 3;

  private static final long LEAST_NANOS = 1_000;
  private static final long GREATEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Schedule schedule;
  private final long from;
  private final long to;
  private final Histogram histogram = new Histogram(LEAST_NANOS, GREATEST_NANOS, DIGITS);
  private volatile long counted;

  /**
   * Creates the latencies of a run.
   *
   * @param schedule when records were to be sent
   * @param from first record that counts; those before warm up
   * @param to behind the last record
   */
  Latencies(Schedule schedule, long from, long to) {
    this.schedule = schedule;
    this.from = from;
    this.to = to;
  }

  /** Takes note of a prediction that came out of the consumer at a time. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  void received(long number, long nanos) {
    if (number < from || number >= to) {
      return;
    }
    long latency = Math.max(0, nanos - schedule.intendedNanos(number));
    histogram.recordValue(Math.min(latency, GREATEST_NANOS));
    counted++;
  }

  /** Whether a prediction of every record that counts has come. */
  boolean complete() {
    return counted >= to - from;
  }

  /** Records that count. */
  long expected() {
    return to - from;
  }

  /** Their latencies. Only after the reader has ended. */
  Histogram histogram() {
    return histogram;
  }
}
