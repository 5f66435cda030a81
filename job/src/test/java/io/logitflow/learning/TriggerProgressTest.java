package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** With 5 labels, an interval of 1000, a cool-down of 200 and at least 2 rows. */
class TriggerProgressTest {

  private static TriggerProgress after(long labelled, long watermark) {
    return TriggerProgress.NOTHING.and(TrainingSignal.labelled(labelled)).startedBy(watermark);
  }

  private static String due(TriggerProgress progress, long watermark) {
    return progress
        .due(watermark, TestingSettings.triggers())
        .map(order -> order.number() + ": " + order.trigger())
        .orElse("no");
  }

  private static TriggerProgress trained(TriggerProgress progress, long watermark) {
    return progress.answered(progress.due(watermark, TestingSettings.triggers()).orElseThrow());
  }

  @Test
  void enoughLabelsAreAReason() {
    assertThat(due(after(4, 0), 0)).isEqualTo("no");
    assertThat(due(after(5, 0), 0)).isEqualTo("1: 5 new labels");
  }

  @Test
  void theIntervalBeginsWithTheFirstLabelAndWantsANewOne() {
    assertThat(due(TriggerProgress.NOTHING.startedBy(0), 5_000)).isEqualTo("no");
    TriggerProgress progress = after(3, 100);
    assertThat(due(progress, 1_099)).isEqualTo("no");
    assertThat(due(progress, 1_100)).isEqualTo("1: schedule");
    TriggerProgress trained = trained(progress, 1_100);
    assertThat(due(trained, 9_000)).isEqualTo("no");
    assertThat(due(trained.and(TrainingSignal.labelled(1)), 2_100)).isEqualTo("2: schedule");
  }

  @Test
  void anAlarmWaitsForTheRecordsUpToIt() {
    TriggerProgress progress = after(2, 0).and(TrainingSignal.alarm(300));
    assertThat(due(progress, 299)).isEqualTo("no");
    assertThat(due(progress, 300)).isEqualTo("1: drift alarm");
  }

  @Test
  void anAlarmFromBeforeTheLastTrainingWasAnsweredByIt() {
    TriggerProgress trained = trained(after(5, 0), 300);
    assertThat(due(trained.and(TrainingSignal.alarm(300)), 900)).isEqualTo("no");
    assertThat(due(trained.and(TrainingSignal.alarm(301)), 900)).isEqualTo("2: drift alarm");
  }

  @Test
  void anAlarmAfterTheRecordsOfATrainingIsNotAnsweredByIt() {
    TriggerProgress trained = trained(after(5, 0).and(TrainingSignal.alarm(400)), 300);
    assertThat(due(trained, 500)).isEqualTo("2: drift alarm");
  }

  @Test
  void anAlarmIsDroppedWhenAnotherChampionServes() {
    TriggerProgress alarmed = after(2, 0).and(TrainingSignal.alarm(300));
    TrainingSignal promoted = new TrainingSignal(TrainingSignal.Kind.CHAMPION, 7);
    assertThat(due(alarmed.and(promoted), 300)).isEqualTo("no");
    assertThat(due(alarmed.and(promoted).and(TrainingSignal.alarm(310)), 310))
        .isEqualTo("1: drift alarm");
  }

  @Test
  void aReasonWaitsUntilTheCoolDownIsOver() {
    TriggerProgress again = trained(after(5, 0), 300).and(TrainingSignal.labelled(5));
    assertThat(due(again, 499)).isEqualTo("no");
    assertThat(due(again, 500)).isEqualTo("2: 5 new labels");
  }

  @Test
  void thereIsNoTrainingWithTooFewRows() {
    assertThat(due(after(1, 0).and(TrainingSignal.alarm(0)), 10)).isEqualTo("no");
  }
}
