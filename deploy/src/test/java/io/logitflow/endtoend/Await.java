package io.logitflow.endtoend;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions that can be looked at but do not report. */
final class Await {

  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(10).toNanos();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Await() {}

  /**
   * Waits until a condition holds.
   *
   * @param what what is waited for
   * @throws AssertionError if it does not within three minutes
   */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited for " + LIMIT.toSeconds() + " s in vain: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
