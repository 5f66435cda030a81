package io.logitflow.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.evaluation.Difference;
import io.logitflow.evaluation.LoggedOutput;
import io.logitflow.evaluation.RunDescription;
import io.logitflow.evaluation.VersionAudit;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.SingleObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AuditOperatorsTest {

  private static final int MAX_PARALLELISM = 8;

  private static AuditEvent features(String id) {
    return new AuditEvent(id, new ReplayedFeatures(0, 1, new float[] {1, 2}, null), null);
  }

  private static AuditEvent prediction(String id, long offset, long version, boolean challenger) {
    return new AuditEvent(
        id,
        null,
        new LoggedRecord(
            new ConsumedRecord("predictions", 0, offset, 0, null, new byte[] {1}),
            List.of(logged(version, challenger))));
  }

  private static LoggedPrediction logged(long version, boolean challenger) {
    return new LoggedPrediction(
        version, challenger, new LoggedOutput("aa", 0, 0, "a", 1, new float[] {1, 0}));
  }

  /** A prediction of version 1 with shadows of other versions in it. */
  private static AuditEvent shadowed(String id, long offset, long... versions) {
    List<LoggedPrediction> predictions = new ArrayList<>(List.of(logged(1, false)));
    for (long version : versions) {
      predictions.add(logged(version, true));
    }
    return new AuditEvent(
        id,
        null,
        new LoggedRecord(
            new ConsumedRecord("predictions", 0, offset, 0, null, new byte[] {1}), predictions));
  }

  @Nested
  class TheJoin {

    private KeyedOneInputStreamOperatorTestHarness<String, AuditEvent, AuditPair> harness(
        int parallelism, int subtask) throws Exception {
      return new KeyedOneInputStreamOperatorTestHarness<>(
          new AuditJoinOperatorFactory(),
          AuditEvent::recordId,
          Types.STRING,
          MAX_PARALLELISM,
          parallelism,
          subtask);
    }

    private static Map<String, Long> counts(
        KeyedOneInputStreamOperatorTestHarness<String, AuditEvent, AuditPair> harness) {
      Map<String, Long> counts = new TreeMap<>();
      var findings = harness.getSideOutput(AuditSplit.FINDINGS);
      if (findings != null) {
        for (StreamRecord<Finding> finding : findings) {
          counts.merge(finding.getValue().name(), finding.getValue().number(), Long::sum);
        }
      }
      return counts;
    }

    @Test
    void predictionsMeetTheirFeaturesWhicheverComesFirst() throws Exception {
      try (var harness = harness(1, 0)) {
        harness.open();
        harness.processElement(features("a"), 0);
        harness.processElement(prediction("a", 1, 1, false), 0);
        harness.processElement(prediction("b", 2, 1, false), 0);
        harness.processElement(prediction("b", 3, 2, true), 0);
        harness.processElement(features("b"), 0);
        assertThat(harness.extractOutputValues())
            .extracting(AuditPair::recordId, pair -> pair.logged().record().offset())
            .containsExactly(tuple("a", 1L), tuple("b", 2L), tuple("b", 3L));
      }
    }

    @Test
    void shadowsMeetTheFeaturesOfTheirRecordAndAreCountedOneByOne() throws Exception {
      try (var harness = harness(1, 0)) {
        harness.open();
        harness.processElement(shadowed("a", 1, 2, 3), 0);
        harness.processElement(features("a"), 0);
        harness.processElement(shadowed("a", 2, 3, 4), 0);
        harness.processElement(shadowed("lost", 3, 2, 3, 4), 0);
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.endInput();
        harness.getOperator().finish();
        assertThat(harness.extractOutputValues())
            .extracting(
                pair -> pair.logged().record().offset(),
                AuditPair::index,
                pair -> pair.prediction().modelVersion())
            .containsExactly(
                tuple(1L, 0, 1L),
                tuple(1L, 1, 2L),
                tuple(1L, 2, 3L),
                tuple(2L, 0, 1L),
                tuple(2L, 1, 3L),
                tuple(2L, 2, 4L));
        assertThat(counts(harness))
            .isEqualTo(
                Map.of(
                    Counts.FEATURES, 1L,
                    Counts.DOUBLED_PREDICTIONS, 2L,
                    Counts.WITHOUT_FEATURES, 4L));
      }
    }

    @Test
    void whatIsAloneAtTheEndAndWhatCameTwiceIsCounted() throws Exception {
      try (var harness = harness(1, 0)) {
        harness.open();
        harness.processElement(features("a"), 0);
        harness.processElement(features("a"), 0);
        harness.processElement(features("alone"), 0);
        harness.processElement(prediction("a", 1, 1, false), 0);
        // The same version in the same role is a double, in another role it is not.
        harness.processElement(prediction("a", 2, 1, false), 0);
        harness.processElement(prediction("a", 3, 1, true), 0);
        harness.processElement(prediction("lost", 4, 1, false), 0);
        harness.processElement(prediction("lost", 5, 2, false), 0);
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.endInput();
        harness.getOperator().finish();
        assertThat(harness.extractOutputValues()).hasSize(3);
        assertThat(counts(harness))
            .isEqualTo(
                Map.of(
                    Counts.FEATURES, 2L,
                    Counts.DOUBLED_FEATURES, 1L,
                    Counts.DOUBLED_PREDICTIONS, 1L,
                    Counts.WITHOUT_FEATURES, 2L,
                    Counts.WITHOUT_PREDICTION, 1L));
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }

    @Test
    void aRestoreAtAnotherParallelismLosesNothing() throws Exception {
      List<String> ids = List.of("a", "b", "c", "d", "e", "f");
      OperatorSubtaskState state;
      try (var harness = harness(1, 0)) {
        harness.open();
        for (String id : ids) {
          harness.processElement(id.compareTo("d") < 0 ? features(id) : logged(id), 0);
        }
        harness.prepareSnapshotPreBarrier(1);
        assertThat(counts(harness)).isEqualTo(Map.of(Counts.FEATURES, 3L));
        state = harness.snapshot(1, 1);
      }
      List<String> joined = new ArrayList<>();
      for (int subtask = 0; subtask < 2; subtask++) {
        try (var harness = harness(2, subtask)) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 2, subtask));
          harness.open();
          for (String id : ids) {
            if (subtask == subtask(id)) {
              harness.processElement(id.compareTo("d") < 0 ? logged(id) : features(id), 0);
            }
          }
          harness.extractOutputValues().forEach(pair -> joined.add(pair.recordId()));
        }
      }
      assertThat(joined).containsExactlyInAnyOrderElementsOf(ids);
    }

    private AuditEvent logged(String id) {
      return prediction(id, 1, 1, false);
    }

    private static int subtask(String id) {
      return KeyGroupRangeAssignment.assignKeyToParallelOperator(id, MAX_PARALLELISM, 2);
    }
  }

  @Nested
  class TheReport {

    private final EvaluationSettings settings =
        new EvaluationSettings(
            new RunDescription(
                "run", "as-served", "m", List.of(), List.of(), List.of(), List.of(), Map.of()),
            Duration.ofMinutes(1),
            10);

    private OneInputStreamOperatorTestHarness<Finding, ProducedRecord> harness() throws Exception {
      return new OneInputStreamOperatorTestHarness<>(new EvaluationOperatorFactory(settings));
    }

    @Test
    void comesAtTheEndWithWhatWasFoundBeforeARestoreAndAfter() throws Exception {
      OperatorSubtaskState state;
      try (var harness = harness()) {
        harness.open();
        harness.processElement(Finding.count("features", 7), 0);
        harness.processElement(Finding.audit(3, new VersionAudit(5, 1, 0.25)), 0);
        harness.processElement(
            Finding.difference(new Difference("r", "t", 0, 4, 3, "label", "x", "y")), 0);
        assertThat(harness.extractOutputValues()).isEmpty();
        state = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement(Finding.count("features", 2), 0);
        harness.processElement(Finding.audit(3, new VersionAudit(6, 0, 0.5)), 0);
        harness.endInput();
        assertThat(harness.extractOutputValues()).hasSize(1);
        EvaluationReport report =
            SingleObjects.decode(
                EvaluationReport.getDecoder(), harness.extractOutputValues().get(0).value());
        assertThat(report.getRunId()).isEqualTo("run");
        assertThat(report.getCounts()).isEqualTo(Map.of("features", 9L));
        assertThat(report.getDifferences()).isEqualTo(1);
        assertThat(report.getEvaluations().get(0).getRecords()).isEqualTo(11);
        assertThat(report.getFound()).hasSize(1);
      }
    }
  }
}
