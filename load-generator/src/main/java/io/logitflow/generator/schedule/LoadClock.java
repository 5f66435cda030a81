package io.logitflow.generator.schedule;

import java.util.concurrent.locks.LockSupport;

/** Time, as the generator sees it; tests drive one of their own. */
public interface LoadClock {

  /** The clock of this machine. */
  LoadClock SYSTEM =
      new LoadClock() {
        /** Long enough to cost nothing, short enough for a stop to be felt as immediate. */
        private static final long LONGEST_WAIT_NANOS = 50_000_000;

        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public long currentTimeMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public void waitAWhile(long nanos) throws InterruptedException {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          LockSupport.parkNanos(Math.min(nanos, LONGEST_WAIT_NANOS));
        }
      };

  /** As {@link System#nanoTime()}. */
  long nanoTime();

  /** Milliseconds since 1970. */
  long currentTimeMillis();

  /**
   * Waits at most {@code nanos}, or shorter: the caller looks at the clock again.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void waitAWhile(long nanos) throws InterruptedException;
}
