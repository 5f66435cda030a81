package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;

class BatchTriggerTest {

  private static final long DELAY = 5;

  private final TestProcessingTimeService timers = new TestProcessingTimeService();
  private final List<Long> flushes = new ArrayList<>();
  private final BatchTrigger trigger = new BatchTrigger(timers, DELAY, this::flush);

  /** Flushes like the operator, which tells the trigger. */
  private void flush() {
    flushes.add(timers.getCurrentProcessingTime());
    trigger.flushed();
  }

  @Test
  void aBatchIsFlushedWhenItsDelayIsOver() throws Exception {
    timers.setCurrentTime(100);
    trigger.started();
    timers.setCurrentTime(104);
    assertThat(flushes).isEmpty();

    timers.setCurrentTime(105);
    assertThat(flushes).containsExactly(105L);
  }

  @Test
  void aBatchThatWasFlushedBeforeIsNotFlushedAgain() throws Exception {
    timers.setCurrentTime(100);
    trigger.started();
    trigger.flushed();
    timers.setCurrentTime(200);

    assertThat(flushes).isEmpty();
    assertThat(timers.getNumActiveTimers()).isZero();
  }

  @Test
  void theTimerOfABatchThatWasFlushedIsSetAgainForWhatTheNextOneHasLeft() throws Exception {
    timers.setCurrentTime(100);
    trigger.started();
    trigger.flushed();
    timers.setCurrentTime(103);
    trigger.started();
    assertThat(timers.getNumActiveTimers()).isEqualTo(1);

    timers.setCurrentTime(105);
    assertThat(flushes).as("the first batch's deadline").isEmpty();
    timers.setCurrentTime(107);
    assertThat(flushes).isEmpty();
    timers.setCurrentTime(108);
    assertThat(flushes).containsExactly(108L);
  }

  @Test
  void aBusyStreamHasOneTimerAndNotOnePerBatch() throws Exception {
    for (long time = 100; time < 200; time++) {
      timers.setCurrentTime(time);
      for (int batch = 0; batch < 10; batch++) {
        trigger.started();
        trigger.flushed();
        assertThat(timers.getNumActiveTimers()).isEqualTo(1);
      }
    }
    assertThat(flushes).isEmpty();
  }

  @Test
  void aBatchAfterAFlushByTheTimerHasATimerOfItsOwn() throws Exception {
    timers.setCurrentTime(100);
    trigger.started();
    timers.setCurrentTime(105);
    timers.setCurrentTime(150);
    trigger.started();
    timers.setCurrentTime(155);

    assertThat(flushes).containsExactly(105L, 155L);
  }
}
