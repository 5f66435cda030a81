package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.learning.TrainingSignal.Kind;
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

  /** Trains at 500 for an alarm of 400, and is told that a challenger is in the way. */
  private static OneInputStreamOperatorTestHarness<TrainingSignal, TrainingOrder> postponed()
      throws Exception {
    var harness = harness(false);
    harness.open();
    harness.processElement(TrainingSignal.labelled(4), 0);
    harness.processWatermark(500);
    harness.processElement(TrainingSignal.alarm(400), 0);
    harness.processElement(new TrainingSignal(Kind.POSTPONED, 500), 0);
    harness.processWatermark(800);
    assertThat(harness.extractOutputValues())
        .containsExactly(new TrainingOrder(1, 500, "drift alarm"));
    return harness;
  }

  @Test
  void anAlarmThatMetAChallengerIsAnsweredOnceThatHasBeenRejected() throws Exception {
    try (var harness = postponed()) {
      harness.processElement(new TrainingSignal(Kind.REJECTED, 2), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(
              new TrainingOrder(1, 500, "drift alarm"), new TrainingOrder(2, 800, "drift alarm"));
      harness.processElement(new TrainingSignal(Kind.ANSWERED, 800), 0);
      harness.processElement(new TrainingSignal(Kind.REJECTED, 3), 0);
      harness.processWatermark(2_000);
      assertThat(harness.extractOutputValues()).as("answered, so no reason any more").hasSize(2);
    }
  }

  @Test
  void anAlarmThatMetAChallengerIsDroppedOnceThatServes() throws Exception {
    try (var harness = postponed()) {
      harness.processElement(new TrainingSignal(Kind.CHAMPION, 2), 0);
      harness.processElement(new TrainingSignal(Kind.REJECTED, 3), 0);
      harness.processWatermark(2_000);
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  /** What two jobs write comes in either order. */
  @Test
  void aRejectionMayBeReadBeforeTheAnswer() throws Exception {
    try (var harness = harness(false)) {
      harness.open();
      harness.processElement(TrainingSignal.labelled(4), 0);
      harness.processWatermark(500);
      harness.processElement(TrainingSignal.alarm(400), 0);
      harness.processElement(new TrainingSignal(Kind.REJECTED, 2), 0);
      harness.processWatermark(700);
      assertThat(harness.extractOutputValues()).hasSize(1);
      harness.processElement(new TrainingSignal(Kind.POSTPONED, 500), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(
              new TrainingOrder(1, 500, "drift alarm"), new TrainingOrder(2, 700, "drift alarm"));
    }
  }

  /** Another job of the model, a bounded one for instance, answers its own trainings. */
  @Test
  void theAnswersOfOthersChangeNothing() throws Exception {
    try (var harness = postponed()) {
      harness.processElement(new TrainingSignal(Kind.ANSWERED, 501), 0);
      harness.processElement(new TrainingSignal(Kind.REJECTED, 2), 0);
      assertThat(harness.extractOutputValues()).hasSize(2);
    }
  }

  @Test
  void anAlarmThatMetAChallengerOutlivesARestore() throws Exception {
    OperatorSubtaskState state;
    try (var harness = postponed()) {
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(false)) {
      harness.initializeState(state);
      harness.open();
      harness.processWatermark(900);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement(new TrainingSignal(Kind.REJECTED, 2), 0);
      assertThat(harness.extractOutputValues())
          .containsExactly(new TrainingOrder(2, 900, "drift alarm"));
    }
  }

  /** A training for other reasons learns from the records of the alarm as well. */
  @Test
  void anAnswerToALaterTrainingIsOneToTheAlarm() throws Exception {
    try (var harness = postponed()) {
      harness.processElement(TrainingSignal.labelled(5), 0);
      harness.processWatermark(900);
      assertThat(harness.extractOutputValues())
          .element(1)
          .isEqualTo(new TrainingOrder(2, 900, "5 new labels"));
      harness.processElement(new TrainingSignal(Kind.ANSWERED, 900), 0);
      harness.processElement(new TrainingSignal(Kind.REJECTED, 2), 0);
      harness.processWatermark(1_500);
      assertThat(harness.extractOutputValues()).hasSize(2);
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
