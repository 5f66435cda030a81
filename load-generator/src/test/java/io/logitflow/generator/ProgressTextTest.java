package io.logitflow.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTextTest {

  @Test
  void lineShowsTheRatesBetweenTwoLooks() {
    LoadProgress before = progress(60, 300_000, 290_000, 10_000, 5_000, 0);
    LoadProgress now = progress(62, 309_000, 300_000, 9_000, 5_000, 12);
    assertThat(ProgressText.line(before, now))
        .isEqualTo(
            "01:02  features 309,000 (4,500 of 5,000/s)  labels 300,000 (5,000/s)"
                + "  labels waiting 9,000  behind 12.0 ms");
  }

  @Test
  void lineOfAnUnlimitedRateHasNoTarget() {
    assertThat(ProgressText.line(LoadProgress.NOTHING, progress(1, 700, 700, 0, 0, 0)))
        .isEqualTo("00:01  features 700 (700/s)  labels 700 (700/s)");
  }

  @Test
  void summaryShowsTheLagOfASchedule() {
    assertThat(ProgressText.summary(progress(10, 50_000, 40_000, 0, 5_000, 0), 5_000))
        .isEqualTo(
            String.format(
                "Sent 50,000 features and 40,000 labels in 10.0 s: 5,000/s features.%n"
                    + "7 of the labels were sent before their time.%n"
                    + "Behind the schedule of 5,000/s: median 1.0 ms, p99 2.0 ms, largest 3.0"
                    + " ms."));
  }

  private static LoadProgress progress(
      int seconds, long features, long labels, long pending, double target, int lagMillis) {
    return new LoadProgress(
        Duration.ofSeconds(seconds),
        features,
        labels,
        pending,
        7,
        target,
        (double) features / seconds,
        Duration.ofMillis(lagMillis),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(3),
        false);
  }
}
