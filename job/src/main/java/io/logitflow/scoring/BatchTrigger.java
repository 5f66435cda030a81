package io.logitflow.scoring;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Flushes a micro-batch whose delay is over. At most one timer is registered at a time: when it
 * fires for a batch that was flushed meanwhile, it is set again for what the batch of now has left,
 * so that a busy stream does not register a timer per batch.
 */
final class BatchTrigger {

  private static final long NONE = Long.MAX_VALUE;

  private final ProcessingTimeService timers;
  private final long delayMillis;
  private final Runnable flush;
  private long deadline = NONE;
  private boolean timerSet;

  /**
   * Creates a trigger.
   *
   * @param timers calls back on the task thread
   * @param delayMillis longest time that a record waits; 0: flush after every record
   * @param flush flushes the batch
   */
  BatchTrigger(ProcessingTimeService timers, long delayMillis, Runnable flush) {
    this.timers = timers;
    this.delayMillis = delayMillis;
    this.flush = flush;
  }

  /** The first record came into the batch. */
  void started() {
    if (delayMillis == 0) {
      flush.run();
      return;
    }
    deadline = timers.getCurrentProcessingTime() + delayMillis;
    if (!timerSet) {
      setTimer();
    }
  }

  /** The batch was flushed. */
  void flushed() {
    deadline = NONE;
  }

  private void setTimer() {
    timerSet = true;
    var unused = timers.registerTimer(deadline, this::fire);
  }

  private void fire(long time) {
    timerSet = false;
    if (deadline == NONE) {
      return;
    }
    if (deadline <= time) {
      flush.run();
    } else {
      setTimer();
    }
  }
}
