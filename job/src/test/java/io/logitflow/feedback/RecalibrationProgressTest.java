package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.RecalibrationConfig;
import io.logitflow.config.RecalibrationMode;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When a calibration is decided on, and who is in the sample. */
class RecalibrationProgressTest {

  private static final RecalibrationConfig CONFIG =
      new RecalibrationConfig(RecalibrationMode.APPLY, Duration.ofSeconds(1), 50, 1_000);

  @Test
  void aDecisionIsDueAfterEnoughLabelsOrEnoughTimeWithLabels() {
    RecalibrationProgress begun = RecalibrationProgress.begun(0);
    assertThat(begun.isDue(5_000, CONFIG)).as("no label").isFalse();
    assertThat(begun.matured(49).isDue(999, CONFIG)).isFalse();
    assertThat(begun.matured(49).isDue(1_000, CONFIG)).isTrue();
    assertThat(begun.matured(49).matured(1).isDue(0, CONFIG)).isTrue();
    assertThat(begun.matured(50).decided(10).isDue(5_000, CONFIG)).isFalse();
  }

  @Test
  void aHalvedSampleKeepsHalfAndBecomesDenserAgain() {
    RecalibrationProgress all = RecalibrationProgress.begun(0);
    assertThat(sampled(all)).isEqualTo(1_024);
    assertThat(sampled(all.thinner())).isEqualTo(512);
    assertThat(sampled(all.thinner().thinner())).isEqualTo(256);
    assertThat(sampled(all.thinner().thinner().denser())).isEqualTo(512);
    assertThat(all.denser()).isEqualTo(all);
  }

  private static long sampled(RecalibrationProgress progress) {
    return LongStream.range(0, 1_024).filter(progress::samples).count();
  }
}
