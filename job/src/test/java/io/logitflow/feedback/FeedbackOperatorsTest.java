package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.config.KafkaConfig;
import io.logitflow.config.PromotionConfig;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.config.RecalibrationMode;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.Firing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The operators of the feedback job in Flink's own test harness, with its clocks. */
class FeedbackOperatorsTest {

  private static final Windowing WINDOWING =
      Windowing.of(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(200));

  private static FeedbackSettings settings() {
    ModelTopic.Factory models =
        ModelTopic.of(new KafkaConfig("localhost:1", Map.of(), Map.of()), "models");
    return new FeedbackSettings(
        "m",
        WINDOWING,
        Duration.ofSeconds(10),
        new RecalibrationConfig(RecalibrationMode.OFF, Duration.ofMinutes(1), 1, 1_000),
        PromotionConfig.NOTHING,
        ModelDirectory.of(models, "m"),
        models);
  }

  private static ServedPrediction prediction(long time, String segment) {
    return new ServedPrediction(
        time, segment, 1, 0, false, 0, new float[] {0.75f, 0.25f}, new float[0]);
  }

  private static FeedbackEvent predicted(String id, long time) {
    return FeedbackEvent.predicted(id, List.of(prediction(time, null)));
  }

  private static FeedbackEvent labelled(String id, long time, int label) {
    return FeedbackEvent.labelled(id, TrueLabel.ofIndex(time, label, null));
  }

  @Nested
  class Join {

    private KeyedOneInputStreamOperatorTestHarness<String, FeedbackEvent, WindowPart> harness()
        throws Exception {
      return new KeyedOneInputStreamOperatorTestHarness<>(
          new LabelJoinOperatorFactory(settings()), FeedbackEvent::recordId, Types.STRING);
    }

    private long labelledOf(List<WindowPart> parts) {
      return parts.stream().mapToLong(part -> part.statistics().labelled()).sum();
    }

    @Test
    void nothingIsHeldBackAtABarrier() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.processElement(predicted("a", 10), 10);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.prepareSnapshotPreBarrier(1);
        assertThat(harness.extractOutputValues()).hasSize(1);
      }
    }

    @Test
    void aWatermarkThatCompletesAWindowComesAfterItsParts() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.processWatermark(300);
        harness.processElement(predicted("a", 210), 210);
        harness.processWatermark(348);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.processWatermark(349);
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(new ArrayList<>(harness.getOutput()).get(2))
            .as("the part is between the watermarks")
            .isInstanceOf(StreamRecord.class);
      }
    }

    @Test
    void aRecordIsForgottenWhenItsRetentionIsOver() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.processElement(predicted("a", 10), 10);
        harness.processElement(labelled("a", 20, 0), 20);
        harness.processElement(labelled("nobody", 20, 0), 20);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
        harness.processWatermark(209);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
        harness.processWatermark(220);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
        harness.prepareSnapshotPreBarrier(1);
        assertThat(harness.extractOutputValues())
            .filteredOn(part -> part.key().isUnmatched())
            .extracting(WindowPart::unmatchedLabels)
            .containsExactly(1L);
      }
    }

    @Test
    void aRestoreBetweenPredictionAndLabelLosesNothing() throws Exception {
      OperatorSubtaskState state;
      try (var harness = harness()) {
        harness.open();
        harness.processElement(predicted("a", 10), 10);
        harness.processElement(labelled("b", 11, 1), 11);
        harness.prepareSnapshotPreBarrier(1);
        state = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement(labelled("a", 20, 0), 20);
        harness.processElement(predicted("b", 10), 20);
        harness.prepareSnapshotPreBarrier(2);
        assertThat(labelledOf(harness.extractOutputValues())).isEqualTo(2);
        harness.processWatermark(300);
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }

    @Test
    void aSegmentIsCountedBesideAllRecords() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.processElement(FeedbackEvent.predicted("a", List.of(prediction(10, "north"))), 10);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(harness.extractOutputValues())
            .extracting(part -> part.key().segment())
            .containsExactlyInAnyOrder("", "north");
      }
    }
  }

  @Nested
  class Windows {

    private static final StatisticsKey KEY = new StatisticsKey(1, 0, false, "", 2, 0);

    private KeyedOneInputStreamOperatorTestHarness<StatisticsKey, WindowPart, WindowReport>
        harness() throws Exception {
      return new KeyedOneInputStreamOperatorTestHarness<>(
          new KeyedProcessOperator<>(new CalibrationWindows(settings())),
          WindowPart::key,
          TypeInformation.of(StatisticsKey.class));
    }

    private WindowPart part() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addPrediction(prediction(10, null).distribution("a"));
      return new WindowPart(KEY, statistics, 0);
    }

    private List<String> firings(
        KeyedOneInputStreamOperatorTestHarness<StatisticsKey, WindowPart, WindowReport> harness) {
      return harness.extractOutputValues().stream()
          .map(
              report ->
                  "%s %d: %d"
                      .formatted(
                          report.firing(), report.revision(), report.statistics().predictions()))
          .toList();
    }

    @Test
    void aWindowIsReportedWhileItChangesAndWhenItIsCompleteAndFinal() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.setProcessingTime(0);
        harness.processElement(part(), 10);
        harness.processElement(part(), 10);
        harness.setProcessingTime(9_999);
        assertThat(firings(harness)).isEmpty();
        harness.setProcessingTime(10_000);
        harness.setProcessingTime(30_000);
        assertThat(firings(harness)).containsExactly("EARLY 0: 2");
        harness.processWatermark(149);
        harness.processElement(part(), 160);
        harness.setProcessingTime(40_000);
        harness.processWatermark(299);
        assertThat(firings(harness))
            .containsExactly("EARLY 0: 2", "ON_TIME 1: 2", "LATE 2: 3", "FINAL 3: 3");
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }

    @Test
    void whatComesAfterTheEndDoesNotReplaceTheFinalRecord() throws Exception {
      try (var harness = harness()) {
        harness.open();
        harness.processElement(part(), 10);
        harness.processWatermark(299);
        harness.processElement(part(), 310);
        harness.setProcessingTime(1_000_000);
        assertThat(harness.extractOutputValues())
            .extracting(WindowReport::firing)
            .containsExactly(Firing.ON_TIME, Firing.FINAL);
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }

    @Test
    void sumsSurviveARestore() throws Exception {
      OperatorSubtaskState state;
      try (var harness = harness()) {
        harness.open();
        harness.processElement(part(), 10);
        state = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(state);
        harness.open();
        harness.processElement(part(), 20);
        harness.processWatermark(299);
        assertThat(firings(harness)).containsExactly("ON_TIME 0: 2", "FINAL 1: 2");
      }
    }
  }
}
