package io.logitflow.benchmarks.latency;

import java.util.function.LongSupplier;

/**
 * As fast as predictions come back: a fixed number of records is under way at any time. Sending
 * faster would only take the machine from the pipeline.
 *
 * @param answered number of predictions read so far
 */
record Saturation(LongSupplier answered) implements Pace {

  private static final long UNDER_WAY = 50_000;

  private static final long PAUSE_NANOS = 200_000;

  @Override
  public long due(long nanos) {
    return answered.getAsLong() + UNDER_WAY;
  }

  @Override
  public long nextNanos(long sent, long nanos) {
    return nanos + PAUSE_NANOS;
  }
}
