package io.logitflow.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, for programs that have to stop in order. While an instance is open, the JVM
 * waits at such a signal, up to a limit, until the instance is closed.
 *
 * <p>After a signal {@link System#exit} only waits; the exit code is that of the signal.
 */
public final class StopSignal implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stop-signal");

  private StopSignal() {}

  /** Begins to look out for signals. */
  public static StopSignal open() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether the program is to stop. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits for a signal; returns whether one came within the time. */
  public boolean await(Duration time) throws InterruptedException {
    return requested.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Waits for a signal. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Everything has stopped: lets the JVM end. */
  @Override
  public void close() {
    stopped.countDown();
    if (!isRequested()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // A signal came just now; the hook finds that everything has stopped.
        return;
      }
    }
  }

  private void stop() {
    requested.countDown();
    try {
      if (!stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
