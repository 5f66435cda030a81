package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.WireFormat;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.learning.TrainingSignal.Kind;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.SingleObjects;
import io.logitflow.training.sample.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What decisions on the model "m" say to the trigger of its trainings. */
class DecisionDeserializerTest {

  private static final TrainingOrder ORDER = new TrainingOrder(3, 4_000, "drift alarm");

  private final RetrainingRecord answer =
      new RetrainingRecord(
          TestingSettings.of(false, TestingSettings.triggers(), TestingSettings.sample()),
          ORDER,
          new Tally());

  private static List<TrainingSignal> signals(byte[] decision) {
    DecisionDeserializer deserializer =
        new DecisionDeserializer(
            "m",
            new WireFormats(Optional.empty())
                .decoder(WireFormat.SINGLE_OBJECT, Decision.class, 1 << 20));
    deserializer.open(null);
    List<TrainingSignal> signals = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>("decisions", 0, 0, null, decision), new ListCollector<>(signals));
    return signals;
  }

  private static List<TrainingSignal> signals(
      String model, DecisionKind kind, DecisionOutcome outcome) {
    return signals(
        SingleObjects.encode(
            Decision.getEncoder(),
            Decision.newBuilder()
                .setDecidedAt(Instant.ofEpochMilli(9_000))
                .setEventTime(Instant.ofEpochMilli(4_000))
                .setJob("feedback")
                .setModel(model)
                .setKind(kind)
                .setOutcome(outcome)
                .setModelVersion(1)
                .setCandidateVersion(kind == DecisionKind.DRIFT_ALARM ? null : 2L)
                .build()));
  }

  @Test
  void anAlarmIsOneAtItsEventTime() {
    assertThat(signals("m", DecisionKind.DRIFT_ALARM, DecisionOutcome.APPLIED))
        .containsExactly(TrainingSignal.alarm(4_000));
    assertThat(signals("another", DecisionKind.DRIFT_ALARM, DecisionOutcome.APPLIED)).isEmpty();
  }

  @Test
  void whatIsInForceDecidesAChallengerAndAProposalDoesNot() {
    assertThat(signals("m", DecisionKind.REJECTION, DecisionOutcome.APPLIED))
        .containsExactly(new TrainingSignal(Kind.REJECTED, 2));
    assertThat(signals("m", DecisionKind.PROMOTION, DecisionOutcome.APPLIED))
        .containsExactly(new TrainingSignal(Kind.CHAMPION, 2));
    assertThat(signals("m", DecisionKind.ROLLBACK, DecisionOutcome.APPLIED))
        .containsExactly(new TrainingSignal(Kind.CHAMPION, 2));
    for (DecisionOutcome outcome :
        List.of(DecisionOutcome.PROPOSED, DecisionOutcome.NOT_NOW, DecisionOutcome.REFUSED)) {
      assertThat(signals("m", DecisionKind.REJECTION, outcome)).isEmpty();
      assertThat(signals("m", DecisionKind.PROMOTION, outcome)).isEmpty();
      assertThat(signals("m", DecisionKind.ROLLBACK, outcome)).isEmpty();
    }
  }

  @Test
  void aRecalibrationLeavesTheChampionWhatItIs() {
    assertThat(signals("m", DecisionKind.RECALIBRATION, DecisionOutcome.APPLIED)).isEmpty();
  }

  @Test
  void aTrainingThatMetAChallengerWasPostponed() {
    assertThat(signals(answer.postponed(7).decision().value()))
        .containsExactly(new TrainingSignal(Kind.POSTPONED, ORDER.time()));
  }

  @Test
  void soWasOneWhoseVersionMetAChallenger() {
    assertThat(signals(answer.published(DecisionOutcome.NOT_NOW, 8, "but 7 is").decision().value()))
        .containsExactly(new TrainingSignal(Kind.POSTPONED, ORDER.time()));
  }

  @Test
  void anyOtherAnswerIsOne() {
    TrainingSignal answered = new TrainingSignal(Kind.ANSWERED, ORDER.time());
    assertThat(signals(answer.notNow("too few rows").decision().value())).containsExactly(answered);
    assertThat(signals(answer.refused("no better").decision().value())).containsExactly(answered);
    assertThat(signals(answer.published(DecisionOutcome.PROPOSED, 8, "").decision().value()))
        .containsExactly(answered);
  }

  @Test
  void whatIsNoDecisionIsPassedOver() {
    assertThat(signals(new byte[] {1, 2, 3})).isEmpty();
  }
}
