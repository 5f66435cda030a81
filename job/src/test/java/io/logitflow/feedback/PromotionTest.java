package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.config.KafkaConfig;
import io.logitflow.config.PromotionConfig;
import io.logitflow.config.PromotionMode;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.config.RecalibrationMode;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.promotion.DriftDetector;
import io.logitflow.promotion.DriftPolicy;
import io.logitflow.promotion.PromotionPolicy;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.Firing;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promotion in Flink's own test harness, over windows of 100 ms that wait 50 ms for labels. */
class PromotionTest {

  private static final Windowing WINDOWING =
      Windowing.of(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(200));

  private static final int RECORDS = 50;

  private final TestingCandidates candidates = new TestingCandidates();

  private static FeedbackSettings settings(PromotionMode mode) {
    ModelTopic.Factory models =
        ModelTopic.of(new KafkaConfig("localhost:1", Map.of(), Map.of()), "models");
    return new FeedbackSettings(
        "m",
        WINDOWING,
        Duration.ofSeconds(10),
        new RecalibrationConfig(RecalibrationMode.OFF, Duration.ofMinutes(1), 1, 1_000),
        new PromotionConfig(
            mode,
            Duration.ofMillis(400),
            new PromotionPolicy(0.05, 10, 150, 1_000, 0.005, 0.01),
            true,
            new DriftPolicy(0.02, 200)),
        ModelDirectory.of(models, "m"),
        models);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness()
      throws Exception {
    return harness(PromotionMode.APPLY);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness(
      PromotionMode mode) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new Promotion(settings(mode), candidates.factory())),
        report -> "m",
        Types.STRING);
  }

  private static List<Decision> decisions(
      KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness)
      throws IOException {
    List<Decision> decisions = new ArrayList<>();
    for (ProducedRecord record : harness.extractOutputValues()) {
      decisions.add(SingleObjects.decode(Decision.getDecoder(), record.value()));
    }
    return decisions;
  }

  private static ServedDistribution served(double p) {
    return new ServedDistribution(
        p >= 0.5 ? 0 : 1, new float[] {(float) p, (float) (1 - p)}, new float[0], true, 1);
  }

  /** A version and the probabilities that it gives to the true class of the records of a window. */
  private record Scored(long version, double[] probabilities) {}

  /** The same probability, but for a little noise that depends on window and version. */
  private static Scored scored(long version, int window, double probability) {
    Random random = new Random(1_000L * window + version);
    return new Scored(
        version, random.doubles(RECORDS, probability - 0.02, probability + 0.02).toArray());
  }

  /** The reports of a window, of a champion and of who is scored beside it. */
  private static List<WindowReport> window(int window, Scored champion, Scored... others) {
    List<WindowReport> reports = new ArrayList<>();
    reports.add(report(window, champion, null));
    for (Scored other : others) {
      reports.add(report(window, other, champion));
    }
    return reports;
  }

  private static WindowReport report(int window, Scored scored, Scored champion) {
    CalibrationStatistics statistics = new CalibrationStatistics(2);
    for (int i = 0; i < RECORDS; i++) {
      ServedDistribution served = served(scored.probabilities()[i]);
      statistics.addPrediction(served);
      statistics.addOutcome(served, 0, 1);
      if (champion != null) {
        statistics.addPaired(served, served(champion.probabilities()[i]), champion.version(), 0, 0);
      }
    }
    StatisticsKey key =
        new StatisticsKey(scored.version(), 0, champion != null, "", 2, 100L * window);
    return new WindowReport(key, Firing.ON_TIME, 0, 0, statistics, 0);
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness,
      List<WindowReport> reports)
      throws Exception {
    for (WindowReport report : reports) {
      harness.processElement(report, report.key().windowStart());
    }
  }

  /** Completes a window and all before it. */
  private static void complete(
      KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness,
      int window)
      throws Exception {
    harness.processWatermark(WINDOWING.completeAt(100L * window));
  }

  /** Windows in which a champion and another version give the true class these probabilities. */
  private static void pass(
      KeyedOneInputStreamOperatorTestHarness<String, WindowReport, ProducedRecord> harness,
      int from,
      int to,
      long champion,
      double p,
      long other,
      double q)
      throws Exception {
    for (int w = from; w < to; w++) {
      send(harness, window(w, scored(champion, w, p), scored(other, w, q)));
      complete(harness, w);
    }
  }

  @Nested
  class AChallenger {

    @Test
    void thatIsBetterIsPromotedWithItsEvidence() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 8, 1, 0.4, 2, 0.9);

        List<Decision> decisions = decisions(harness);
        assertThat(decisions)
            .extracting(
                Decision::getKind,
                Decision::getOutcome,
                Decision::getModelVersion,
                Decision::getCandidateVersion)
            .containsExactly(
                tuple(DecisionKind.PROMOTION, DecisionOutcome.NOT_NOW, 1L, 2L),
                tuple(DecisionKind.PROMOTION, DecisionOutcome.APPLIED, 1L, 2L));
        assertThat(candidates.aliases()).isEqualTo(Map.of("champion", 2L, "previous", 1L));
        Decision promotion = decisions.get(1);
        assertThat(promotion.getEvidence())
            .containsEntry("labels", 150.0)
            .containsEntry("test", 1.0)
            .containsKeys("lnE", "sumDifference", "variance", "gamma", "accuracyLowerBound");
        assertThat(promotion.getEvidence().get("alpha")).isBetween(0.0303, 0.0304);
        assertThat(promotion.getEvidence().get("lnE"))
            .isGreaterThan(promotion.getEvidence().get("lnEThreshold"));
        assertThat(promotion.getDetails()).containsEntry("state", "PROMOTED");
      }
    }

    @Test
    void thatIsWorseIsRejectedAndNotTestedAgain() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger-b", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 4, 1, 0.9, 2, 0.4);
        assertThat(candidates.changes()).containsExactly("remove challenger-b");
        assertThat(decisions(harness).get(1).getKind()).isEqualTo(DecisionKind.REJECTION);

        candidates.alias("challenger-b", 2);
        pass(harness, 4, 20, 1, 0.4, 2, 0.9);
        assertThat(candidates.aliases()).containsEntry("champion", 1L);
      }
    }

    @Test
    void thatAPersonHasPromotedMeanwhileIsNotRejected() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 1, 1, 0.9, 2, 0.4);
        candidates.withoutAlias("challenger");
        candidates.alias("champion", 2);
        pass(harness, 1, 4, 1, 0.9, 2, 0.4);

        assertThat(decisions(harness)).hasSize(2);
        assertThat(decisions(harness).get(1).getOutcome()).isEqualTo(DecisionOutcome.NOT_NOW);
        assertThat(decisions(harness).get(1).getReason()).endsWith("but it is the champion now");
        assertThat(candidates.changes()).isEmpty();
      }
    }

    @Test
    void whoseAliasAPersonHasTakenAwayIsNotPromoted() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 1, 1, 0.4, 2, 0.9);
        candidates.withoutAlias("challenger");
        pass(harness, 1, 6, 1, 0.4, 2, 0.9);

        assertThat(decisions(harness).get(1).getReason())
            .endsWith("but it is no candidate any more: its alias was removed");
        assertThat(candidates.changes()).isEmpty();
      }
    }

    @Test
    void thatIsNoBetterIsRejectedWithTheBudget() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 22, 1, 0.7, 2, 0.7);

        assertThat(candidates.changes()).containsExactly("remove challenger");
        List<Decision> decisions = decisions(harness);
        assertThat(decisions)
            .as("at the beginning, every 400 ms, and at the end")
            .hasSize(1 + 20 / 4);
        assertThat(decisions.get(decisions.size() - 1).getReason()).contains("budget");
      }
    }

    @Test
    void thatHasNoAliasIsNotTested() throws Exception {
      candidates.alias("champion", 1);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 8, 1, 0.4, 2, 0.9);

        assertThat(decisions(harness)).isEmpty();
      }
    }

    @Test
    void isOnlyProposedIfSoAsked() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness(PromotionMode.PROPOSE)) {
        harness.open();
        pass(harness, 0, 12, 1, 0.4, 2, 0.9);

        assertThat(decisions(harness))
            .extracting(Decision::getOutcome)
            .containsExactly(DecisionOutcome.NOT_NOW, DecisionOutcome.PROPOSED);
        assertThat(candidates.changes()).isEmpty();
      }
    }

    @Test
    void thatCannotBePromotedNowIsTriedAgainAfterTheInterval() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      candidates.refuse("another program came in between");
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 5, 1, 0.4, 2, 0.9);
        Decision refused = decisions(harness).get(1);
        assertThat(refused.getOutcome()).isEqualTo(DecisionOutcome.NOT_NOW);
        assertThat(refused.getReason()).endsWith("refuses: another program came in between");
        assertThat(refused.getDetails()).containsEntry("state", "SHADOW");

        candidates.refuse("");
        pass(harness, 5, 7, 1, 0.4, 2, 0.9);
        assertThat(candidates.changes()).isEmpty();
        pass(harness, 7, 8, 1, 0.4, 2, 0.9);
        assertThat(candidates.changes()).containsExactly("promote 2");
      }
    }

    @Test
    void isNotPromotedOverAChampionThatItWasNotComparedWith() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 3, 1, 0.4, 2, 0.9);
        candidates.alias("champion", 3);
        pass(harness, 3, 4, 1, 0.4, 2, 0.9);

        assertThat(decisions(harness).get(1).getReason())
            .endsWith("version 3, which it was not compared with, is the champion now");
        assertThat(candidates.changes()).isEmpty();

        pass(harness, 4, 5, 3, 0.4, 2, 0.9);
        assertThat(decisions(harness).get(2).getEvidence())
            .as("another test at another level")
            .containsEntry("test", 2.0)
            .containsEntry("labels", 0.0);
      }
    }

    /** Version 11 has the weights of version 1. */
    @Test
    void goesOnWithItsTestWhenTheChampionIsRecalibrated() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 2, 1, 0.4, 2, 0.9);
        candidates.alias("champion", 11);
        pass(harness, 2, 4, 11, 0.42, 2, 0.9);

        assertThat(decisions(harness))
            .extracting(Decision::getOutcome, Decision::getModelVersion)
            .containsExactly(
                tuple(DecisionOutcome.NOT_NOW, 1L), tuple(DecisionOutcome.APPLIED, 11L));
      }
    }

    /** As after a failure between the move of the aliases and the next checkpoint. */
    @Test
    void thatIsTheChampionAlreadyIsNotPromotedTwice() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      OperatorSubtaskState state;
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 3, 1, 0.4, 2, 0.9);
        state = harness.snapshot(1, 1);
        pass(harness, 3, 4, 1, 0.4, 2, 0.9);
      }
      try (var harness = harness()) {
        harness.initializeState(state);
        harness.open();
        pass(harness, 3, 4, 1, 0.4, 2, 0.9);

        assertThat(decisions(harness))
            .extracting(Decision::getOutcome)
            .containsExactly(DecisionOutcome.APPLIED);
        assertThat(candidates.changes()).containsExactly("promote 2");
      }
    }
  }

  @Nested
  class ThePreviousChampion {

    @Test
    void isRolledBackToOnceAndNotForward() throws Exception {
      candidates.alias("champion", 2);
      candidates.alias("previous", 1);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 4, 2, 0.4, 1, 0.9);
        assertThat(decisions(harness).get(1).getKind()).isEqualTo(DecisionKind.ROLLBACK);
        assertThat(decisions(harness).get(1).getOutcome()).isEqualTo(DecisionOutcome.APPLIED);
        assertThat(candidates.aliases()).isEqualTo(Map.of("champion", 1L, "previous", 2L));

        pass(harness, 4, 20, 1, 0.4, 2, 0.9);
        pass(harness, 20, 40, 2, 0.4, 1, 0.9);
        assertThat(candidates.changes())
            .as("each way once, whatever comes")
            .containsExactly("promote 1", "promote 2");
      }
    }

    @Test
    void isNotComeBackToOnceItWasReplacedByATest() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 4, 1, 0.4, 2, 0.9);
        pass(harness, 4, 8, 2, 0.4, 1, 0.9);
        pass(harness, 8, 20, 1, 0.4, 2, 0.9);

        assertThat(candidates.changes()).containsExactly("promote 2", "promote 1");
        assertThat(candidates.aliases()).containsEntry("champion", 1L);
      }
    }

    @Test
    void thatIsWorseStaysWhereItIs() throws Exception {
      candidates.alias("champion", 2);
      candidates.alias("previous", 1);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 12, 2, 0.9, 1, 0.4);

        assertThat(decisions(harness))
            .extracting(Decision::getKind, Decision::getOutcome)
            .containsExactly(
                tuple(DecisionKind.ROLLBACK, DecisionOutcome.NOT_NOW),
                tuple(DecisionKind.ROLLBACK, DecisionOutcome.REFUSED));
        assertThat(candidates.changes()).isEmpty();
      }
    }

    @Test
    void ofTheWeightsOfTheChampionIsNotTested() throws Exception {
      candidates.alias("champion", 11);
      candidates.alias("previous", 1);
      try (var harness = harness()) {
        harness.open();
        pass(harness, 0, 12, 11, 0.4, 1, 0.9);

        assertThat(decisions(harness)).isEmpty();
      }
    }
  }

  @Nested
  class TheEvidence {

    private List<WindowReport> reports(int from, int to) {
      List<WindowReport> reports = new ArrayList<>();
      for (int w = from; w < to; w++) {
        // The champion is recalibrated in the middle of a window, so two versions add up.
        reports.addAll(window(w, scored(1, w, 0.69), scored(2, w, 0.7), scored(3, w, 0.68)));
        if (w == 4) {
          reports.add(report(w, scored(11, w, 0.71), null));
        }
      }
      return reports;
    }

    private List<Map<String, Double>> evidence(List<Decision> decisions) {
      return decisions.stream().map(Decision::getEvidence).toList();
    }

    private List<Map<String, Double>> inOrder() throws Exception {
      candidates.alias("champion", 1);
      candidates.alias("challenger", 2);
      candidates.alias("challenger-c", 3);
      try (var harness = harness()) {
        harness.open();
        for (int w = 0; w < 12; w++) {
          send(harness, reports(w, w + 1));
          complete(harness, w);
        }
        return evidence(decisions(harness));
      }
    }

    @Test
    void isTheSameInWhicheverOrderReportsCome() throws Exception {
      List<Map<String, Double>> expected = inOrder();
      assertThat(expected).hasSize(6);
      assertThat(expected.get(5).get("lnE")).isNotZero();
      List<WindowReport> shuffled = reports(0, 12);
      Collections.shuffle(shuffled, new Random(1));
      try (var harness = harness()) {
        harness.open();
        send(harness, shuffled);
        complete(harness, 12);

        assertThat(evidence(decisions(harness))).isEqualTo(expected);
      }
    }

    @Test
    void isTheSameAfterARestoreInTheMiddle() throws Exception {
      List<Map<String, Double>> expected = inOrder();
      List<Map<String, Double>> actual = new ArrayList<>();
      OperatorSubtaskState state;
      try (var harness = harness()) {
        harness.open();
        for (int w = 0; w < 6; w++) {
          send(harness, reports(w, w + 1));
          complete(harness, w);
        }
        send(harness, reports(6, 7).subList(0, 2));
        state = harness.snapshot(1, 1);
        actual.addAll(evidence(decisions(harness)));
      }
      try (var harness = harness()) {
        harness.initializeState(state);
        harness.open();
        send(harness, reports(6, 7).subList(2, 3));
        complete(harness, 6);
        for (int w = 7; w < 12; w++) {
          send(harness, reports(w, w + 1));
          complete(harness, w);
        }
        actual.addAll(evidence(decisions(harness)));
      }

      assertThat(actual).isEqualTo(expected);
    }
  }

  @Nested
  class ItsState {

    @ParameterizedTest
    @ValueSource(
        classes = {StatisticsKey.class, TestProgress.class, TestNumbers.class, DriftWatch.class})
    void isNeverSerialisedByKryo(Class<?> type) {
      SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
      withoutKryo.setGenericTypes(false);

      assertThat(TypeInformation.of(type).createSerializer(withoutKryo))
          .as("a nested field of a generic type would have failed")
          .isInstanceOf(PojoSerializer.class);
    }

    /** Written when alarms were not counted; the file has the serialiser's snapshot and a value. */
    @Test
    void ofADriftIsRestoredFromBeforeAlarmsWereCounted() throws Exception {
      byte[] written;
      try (var file = PromotionTest.class.getResourceAsStream("drift-watch-uncounted.bin")) {
        written = file.readAllBytes();
      }
      DataInputDeserializer in = new DataInputDeserializer(written);
      TypeSerializerSnapshot<DriftWatch> then =
          TypeSerializerSnapshot.readVersionedSnapshot(in, DriftWatch.class.getClassLoader());
      TypeSerializer<DriftWatch> now =
          TypeInformation.of(DriftWatch.class).createSerializer(new SerializerConfigImpl());

      assertThat(now.snapshotConfiguration().resolveSchemaCompatibility(then).isIncompatible())
          .isFalse();
      assertThat(then.restoreSerializer().deserialize(in))
          .isEqualTo(
              new DriftWatch("weights", new DriftDetector(200, 20, 150, 90.5, 40.25, 1.5, 0)));
    }
  }

  @Nested
  class ADrift {

    @Test
    void soundsAnAlarmAndLeavesTheAliases() throws Exception {
      candidates.alias("champion", 1);
      try (var harness = harness()) {
        harness.open();
        for (int w = 0; w < 20; w++) {
          send(harness, window(w, scored(1, w, w < 10 ? 0.9 : 0.3)));
          complete(harness, w);
        }

        List<Decision> alarms = decisions(harness);
        assertThat(alarms)
            .extracting(Decision::getKind, Decision::getOutcome, Decision::getModelVersion)
            .containsOnly(tuple(DecisionKind.DRIFT_ALARM, DecisionOutcome.APPLIED, 1L));
        assertThat(alarms.get(0).getEvidence())
            .containsEntry("referenceLabels", 200.0)
            .containsEntry("referenceErrors", 0.0)
            .containsKeys("lnM", "recentErrorRate");
        assertThat(alarms).as("one, and another after 200 labels").hasSize(2);
        assertThat(candidates.changes()).isEmpty();
      }
    }

    @Test
    void isNoneOfAnotherChampion() throws Exception {
      candidates.alias("champion", 1);
      try (var harness = harness()) {
        harness.open();
        for (int w = 0; w < 30; w++) {
          send(harness, window(w, scored(w < 10 ? 1 : 2, w, w < 10 ? 0.9 : 0.3)));
          complete(harness, w);
        }

        assertThat(decisions(harness)).isEmpty();
      }
    }
  }
}
