package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.demo.LatencyWindow.Percentiles;
import org.junit.jupiter.api.Test;

final class LatencyWindowTest {
  private final LatencyWindow window = new LatencyWindow();

  @Test
  void percentilesAreThoseOfTheLastFiveSeconds() {
    record(100, 1_000);
    window.tick();
    for (int second = 0; second < 4; second++) {
      record(100, 10);
      window.tick();
    }
    record(100, 10);

    assertThat(window.tick()).isEqualTo(new Percentiles(10, 10));
  }

  @Test
  void theNinetyNinthPercentileSeesTwoSlowRecordsOfAHundred() {
    record(98, 3);
    record(2, 40);

    assertThat(window.tick()).isEqualTo(new Percentiles(3, 40));
  }

  @Test
  void theWholeRunLeavesOutItsFirstSeconds() {
    for (int second = 0; second < 5; second++) {
      record(10, 500);
      window.tick();
    }
    assertThat(window.warmedUp()).isFalse();
    record(10, 2);
    window.tick();

    assertThat(window.warmedUp()).isTrue();
    assertThat(window.wholeRun()).isEqualTo(new Percentiles(2, 2));
  }

  @Test
  void aShortRunIsReportedWithItsStart() {
    record(10, 500);
    window.tick();

    assertThat(window.wholeRun()).isEqualTo(new Percentiles(500, 500));
  }

  @Test
  void withoutRecordsThereAreNoPercentiles() {
    assertThat(window.tick().p50()).isNaN();
    assertThat(window.wholeRun().p99()).isNaN();
  }

  private void record(int times, long millis) {
    for (int i = 0; i < times; i++) {
      window.record(millis);
    }
  }
}
