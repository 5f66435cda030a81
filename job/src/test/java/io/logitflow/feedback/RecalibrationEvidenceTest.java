package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecalibrationEvidenceTest {
  private static final Windowing WINDOWING =
      Windowing.of(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(10));

  @Test
  void ofWindowsThatHaveEnoughLabelsEachTheNewestTwoCountSoThatOneCanBeHeldOut() {
    RecalibrationEvidence evidence = gather(100, 1_000, 1_000, 1_000);

    assertThat(evidence.labels()).isEqualTo(2_000);
    assertThat(evidence.oldestWindow()).isEqualTo(2_000);
    assertThat(evidence.newestWindow()).isEqualTo(4_000);
    assertThat(evidence.judgement().fit().records()).isEqualTo(1_000);
    assertThat(evidence.judgement().heldOut().records()).isEqualTo(1_000);
  }

  @Test
  void ofWindowsWithFewLabelsAsManyCountAsGiveEnough() {
    RecalibrationEvidence evidence = gather(250, 100, 100, 100, 100);

    assertThat(evidence.labels()).isEqualTo(300);
    assertThat(evidence.oldestWindow()).isEqualTo(2_000);
    assertThat(evidence.judgement().fit().records()).isEqualTo(200);
    assertThat(evidence.judgement().heldOut().records()).isEqualTo(100);
  }

  @Test
  void oneWindowIsNoEvidence() {
    assertThat(gather(100, 1_000).judgement()).isNull();
  }

  /** Windows of two seconds each, the oldest first. */
  private static RecalibrationEvidence gather(long enough, int... labels) {
    Map<StatisticsKey, CalibrationStatistics> sums = new LinkedHashMap<>();
    for (int window = 0; window < labels.length; window++) {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      for (int i = 0; i < labels[window]; i++) {
        ServedDistribution served =
            new ServedDistribution(
                0, new float[] {0.75f, 0.25f}, new float[] {1.0986123f, 0}, true, i);
        statistics.addPrediction(served);
        statistics.addOutcome(served, i % 2, 10);
      }
      sums.put(new StatisticsKey(1, 0, false, "", 2, window * 2_000L), statistics);
    }
    return RecalibrationEvidence.gather(
        sums.entrySet(), List.of(), WINDOWING, enough, version -> "weights");
  }
}
