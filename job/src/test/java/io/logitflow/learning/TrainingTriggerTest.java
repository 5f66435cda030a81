package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The trigger in Flink's own test harness: 5 labels, a cool-down of 200. */
class TrainingTriggerTest {

  private static OneInputStreamOperatorTestHarness<TrainingSignal, TrainingOrder> harness(
      boolean bounded) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        LearningOperators.trigger(
            TestingSettings.of(bounded, TestingSettings.triggers(), TestingSettings.sample())));
  }

  @Test
  void labelsAreCountedUpToTheWatermark() throws Exception {
    try (var harness = harness(false)) {
      harness.open();
      harness.processElement(TrainingSignal.labelled(4), 0);
      harness.processWatermark(50);
      harness.processElement(TrainingSignal.labelled(3), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(60);
      assertThat(harness.extractOutputValues())
          .containsExactly(new TrainingOrder(1, 60, "7 new labels"));
    }
  }

  @Test
  void anAlarmThatComesAfterTheWatermarkDoesNotWaitForTheNext() throws Exception {
    try (var harness = harness(false)) {
      harness.open();
      harness.processElement(TrainingSignal.labelled(4), 0);
      harness.processWatermark(500);
      harness.processElement(TrainingSignal.alarm(400), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(new TrainingOrder(1, 500, "drift alarm"));
    }
  }

  @Test
  void numbersAndCoolDownGoOnAfterARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(false)) {
      harness.open();
      harness.processElement(TrainingSignal.labelled(5), 0);
      harness.processWatermark(100);
      harness.processElement(TrainingSignal.labelled(5), 0);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(false)) {
      harness.initializeState(state);
      harness.open();
      harness.processWatermark(299);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(300);
      assertThat(harness.extractOutputValues())
          .containsExactly(new TrainingOrder(2, 300, "5 new labels"));
    }
  }

  @Test
  void ifTheInputEndsTheOnlyTrainingComesWithItsEnd() throws Exception {
    try (var harness = harness(true)) {
      harness.open();
      harness.processElement(TrainingSignal.labelled(50), 0);
      harness.processWatermark(100);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.endInput();
      assertThat(harness.extractOutputValues())
          .containsExactly(new TrainingOrder(1, TrainingOrder.AT_END, "the end of the input"));
    }
  }
}
