package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.demo.OutputObservation.ServedModel;
import io.logitflow.schema.DeadLetterReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DemoSummaryTest {

  @Test
  void aRunInWhichEverythingWasScoredIsComplete() {
    DemoSummary summary = summary(300_000, output(300_000, 0, 0, Map.of()), false);

    assertThat(summary.complete()).isTrue();
    assertThat(summary.lines())
        .containsExactly(
            "sent 300,000   scored 300,000   lost 0   doubled 0   dead letters 0",
            "throughput 5,000 records/s over 60.0 s   latency p50 3 ms, p99 9 ms after the first 5"
                + " s",
            "accuracy 83.31 %: 249,930 right of 300,000 labelled   model version 1, weights"
                + " 3fa4c2d1",
            "Every record that was sent was scored.");
  }

  @Test
  void withFeedbackTheSummaryHasTheVersionsAndTheDecisions() {
    DemoSummary summary =
        summary(
            300_000,
            output(300_000, 0, 0, Map.of()),
            Optional.of(TestingCalibration.recalibrated()),
            false);

    assertThat(summary.lines().subList(3, summary.lines().size()))
        .containsExactly(
            "",
            "VERSION  LABELLED   ACCURACY % [95%]  SAYS %     ECE  IF CALIBRATED     NLL",
            "      1       200  50.0 [38.3, 61.7]    75.0  0.2500         0.0244  0.8370",
            "      2         0                  -       -       -              -       -",
            "00:14 version 2 is champion: temperature 0.108 instead of 1, held-out NLL 0.6232"
                + " instead of 1.5903",
            "One more decision changed nothing:",
            "00:19 recalibration of version 1 not now: the fit is what is in force",
            "299,800 labelled predictions are missing here: the feedback job was behind at the"
                + " end.",
            "",
            "Every record that was sent was scored.");
  }

  @Test
  void aRecordWithoutPredictionOrDeadLetterIsLost() {
    DemoSummary summary =
        summary(300_000, output(299_990, 0, 0, Map.of(DeadLetterReason.MALFORMED, 9L)), false);

    assertThat(summary.lost()).isEqualTo(1);
    assertThat(summary.complete()).isFalse();
    assertThat(summary.lines())
        .last()
        .isEqualTo("1 of the records that were sent have not been scored.");
  }

  @Test
  void aDeadLetterAccountsForARecord() {
    DemoSummary summary =
        summary(300_000, output(299_990, 0, 0, Map.of(DeadLetterReason.MALFORMED, 10L)), false);

    assertThat(summary.complete()).isTrue();
    assertThat(summary.lines())
        .contains("Every record that was sent was scored or is a dead letter.");
  }

  @Test
  void theDeadLetterOfAModelAccountsForNoRecord() {
    DemoSummary summary =
        summary(300_000, output(299_999, 0, 0, Map.of(DeadLetterReason.MODEL_REFUSED, 1L)), false);

    assertThat(summary.complete()).isFalse();
  }

  @Test
  void aRecordThatWasScoredTwiceBreaksExactlyOnceOnly() {
    OutputObservation output = output(300_000, 2, 0, Map.of());

    assertThat(summary(300_000, output, false).complete()).isTrue();
    assertThat(summary(300_000, output, true).complete()).isFalse();
  }

  @Test
  void aRunWithoutRecordsIsNotComplete() {
    assertThat(summary(0, output(0, 0, 0, Map.of()), false).complete()).isFalse();
  }

  private static DemoSummary summary(long sent, OutputObservation output, boolean exactlyOnce) {
    return summary(sent, output, Optional.empty(), exactlyOnce);
  }

  private static DemoSummary summary(
      long sent,
      OutputObservation output,
      Optional<CalibrationObservation> calibration,
      boolean exactlyOnce) {
    return new DemoSummary(
        sent,
        output,
        calibration,
        TestingCalibration.START,
        Duration.ofSeconds(60),
        new LatencyWindow.Percentiles(3, 9),
        true,
        exactlyOnce);
  }

  private static OutputObservation output(
      long scored, long doubled, long foreign, Map<DeadLetterReason, Long> deadLetters) {
    return new OutputObservation(
        scored,
        doubled,
        foreign,
        300_000,
        249_930,
        deadLetters,
        Optional.of(new ServedModel(1, "3fa4c2d1")));
  }
}
