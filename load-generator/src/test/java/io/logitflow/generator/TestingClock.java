package io.logitflow.generator;

import io.logitflow.generator.schedule.LoadClock;
import java.util.concurrent.TimeUnit;

/** A clock that moves only when it is waited for, or told to. */
final class TestingClock implements LoadClock {
  static final long START_MILLIS = 1_700_000_000_000L;

  private final long startNanos = -1_000_000_007L;
  private long nanos = startNanos;

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long currentTimeMillis() {
    return START_MILLIS + sinceStart() / 1_000_000;
  }

  @Override
  public void waitAWhile(long wait) {
    nanos += wait;
  }

  void pass(long time, TimeUnit unit) {
    nanos += unit.toNanos(time);
  }

  long sinceStart() {
    return nanos - startNanos;
  }
}
