package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.label.TrueLabel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The join in Flink's own test harness. Records mature 100 ms after their event time. */
class MaturityJoinTest {

  private static KeyedOneInputStreamOperatorTestHarness<String, TrainingEvent, MaturedRecord>
      harness(int parallelism, int subtask) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        LearningOperators.join(
            TestingSettings.of(false, TestingSettings.triggers(), TestingSettings.sample())),
        TrainingEvent::recordId,
        Types.STRING,
        8,
        parallelism,
        subtask);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrainingEvent, MaturedRecord>
      harness() throws Exception {
    return harness(1, 0);
  }

  private static TrainingEvent features(String id, long time, float value) {
    return new TrainingEvent(id, time, 3, time, new float[] {value, -value}, null);
  }

  private static TrainingEvent label(String id, long time, int label) {
    return new TrainingEvent(id, time, 1, time, null, TrueLabel.ofIndex(time, label, null));
  }

  private static List<String> matured(AbstractStreamOperatorTestHarness<MaturedRecord> harness) {
    return harness.getOutput().stream()
        .filter(StreamRecord.class::isInstance)
        .map(element -> (MaturedRecord) ((StreamRecord<?>) element).getValue())
        .map(
            record ->
                "%s %d %s %s %s"
                    .formatted(
                        record.label(),
                        record.time(),
                        Arrays.toString(record.features()),
                        Arrays.toString(record.partitions()),
                        Arrays.toString(record.offsets())))
        .sorted()
        .toList();
  }

  @Test
  void aRecordMaturesWithTheLatestLabelThatCameInTime() throws Exception {
    List<TrainingEvent> events =
        new ArrayList<>(
            List.of(
                features("x", 10, 1),
                label("x", 20, 0),
                label("x", 60, 1),
                label("x", 111, 0),
                label("x", 70, 99)));
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(events, new Random(trial));
      try (var harness = harness()) {
        harness.open();
        for (TrainingEvent event : events) {
          harness.processElement(event, event.time());
        }
        harness.processWatermark(109);
        assertThat(matured(harness)).isEmpty();
        // With labels first, their timer is the later one.
        harness.processWatermark(220);
        assertThat(matured(harness)).containsExactly("b 10 [1.0, -1.0] [3, 1, 1] [10, 20, 111]");
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
      }
    }
  }

  @Test
  void whatNeverGetsALabelOrFeaturesIsLetGo() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(features("x", 10, 1), 10);
      harness.processElement(label("y", 20, 1), 20);
      harness.processElement(label("z", 20, 1), 20);
      harness.processElement(features("z", 15, 2), 15);
      harness.processWatermark(120);
      assertThat(matured(harness))
          .containsExactly("b 15 [2.0, -2.0] [3, 1, 1] [15, 20, 20]", "null 10 [] [] []");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void featuresThatComeAfterTheirMaturityAreLeftOut() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(110);
      harness.processElement(features("x", 10, 1), 10);
      harness.processElement(label("x", 50, 1), 50);
      harness.processWatermark(1_000);
      assertThat(matured(harness)).isEmpty();
    }
  }

  @Test
  void maturedLabelsAreCountedBeforeTheWatermark() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (String id : List.of("x", "y", "z")) {
        harness.processElement(features(id, 10, 1), 10);
      }
      harness.processElement(label("x", 20, 0), 20);
      harness.processElement(label("y", 20, 1), 20);
      harness.processWatermark(110);
      assertThat(harness.getSideOutput(LearningOperators.SIGNALS))
          .extracting(signal -> signal.getValue())
          .containsExactly(TrainingSignal.labelled(2));
    }
  }

  @Test
  void aRestoreAtAnotherParallelismLosesNothing() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 40; i++) {
        String id = "record " + i;
        harness.processElement(i % 2 == 0 ? features(id, 10, i) : label(id, 20, 1), 10);
      }
      state = harness.snapshot(1, 1);
    }
    List<String> matured = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var harness = harness(3, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 8, 1, 3, subtask));
        harness.open();
        for (int i = 0; i < 40; i++) {
          String id = "record " + i;
          int group = KeyGroupRangeAssignment.assignKeyToParallelOperator(id, 8, 3);
          if (group == subtask) {
            harness.processElement(i % 2 == 0 ? label(id, 20, 1) : features(id, 10, i), 10);
          }
        }
        harness.processWatermark(120);
        matured.addAll(matured(harness));
      }
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      expected.add("b 10 [%d.0, -%d.0] [3, 1, 1] [10, 20, 20]".formatted(i, i));
    }
    assertThat(matured).containsExactlyInAnyOrderElementsOf(expected);
  }
}
