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
    return new DemoSummary(
        sent,
        output,
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
