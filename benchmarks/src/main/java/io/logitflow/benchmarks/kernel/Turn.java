package io.logitflow.benchmarks.kernel;

import java.util.function.LongSupplier;

/**
 * One of several programs that take turns: so many passes that a turn lasts for some 10 ms. What
 * else the machine does, which changes within seconds, then slows all of them alike.
 */
final class Turn {

  private static final long SHORT_NANOS = 7_000_000;
  private static final long LONG_NANOS = 20_000_000;

  private final Runnable pass;
  private final LongSupplier nanoTime;
  private int passes = 1;
  private int takenPasses;
  private long takenNanos;

  Turn(Runnable pass) {
    this(pass, System::nanoTime);
  }

  Turn(Runnable pass, LongSupplier nanoTime) {
    this.pass = pass;
    this.nanoTime = nanoTime;
  }

  /** Takes a turn. */
  void take() {
    takenPasses = passes;
    long start = nanoTime.getAsLong();
    for (int i = 0; i < takenPasses; i++) {
      pass.run();
    }
    takenNanos = nanoTime.getAsLong() - start;
    if (takenNanos < SHORT_NANOS) {
      passes *= 2;
    } else if (takenNanos > LONG_NANOS && passes > 1) {
      passes /= 2;
    }
  }

  /** Passes of the last turn. */
  long passes() {
    return takenPasses;
  }

  /** How long they took together. */
  long nanos() {
    return takenNanos;
  }
}
