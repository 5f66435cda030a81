package io.logitflow.benchmarks.latency;

/** Says when records are to be sent. Times are those of {@link System#nanoTime}. */
interface Pace {

  /** How many records, since the start, are to have been sent by a time. */
  long due(long nanos);

  /** When to look again, if {@code sent} records are sent and no more are due at {@code nanos}. */
  long nextNanos(long sent, long nanos);
}
