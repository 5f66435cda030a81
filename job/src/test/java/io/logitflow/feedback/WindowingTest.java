package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of event time. */
class WindowingTest {

  private static final Windowing WINDOWING =
      Windowing.of(Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(25));

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, 0", "10000, 10000", "-1, -10000", "-10000, -10000"})
  void windowsAreAlignedToTheEpoch(long time, long start) {
    assertThat(WINDOWING.start(time)).isEqualTo(start);
  }

  @Test
  void aWindowIsCompleteAtTheLastWatermarkThatCanHoldItsLabelsUp() {
    assertThat(WINDOWING.completeAt(0)).isEqualTo(13_999);
    assertThat(WINDOWING.finalAt(0)).isEqualTo(34_999);
  }

  /** Against every watermark one by one. */
  @Test
  void windowsFireExactlyAtTheirWatermarks() {
    for (long watermark = -50_000; watermark < 50_000; watermark++) {
      long start = WINDOWING.start(watermark);
      boolean fires = false;
      for (long window = start - 40_000; window <= start; window += 10_000) {
        fires |=
            WINDOWING.completeAt(window) == watermark || WINDOWING.finalAt(window) == watermark;
      }
      assertThat(WINDOWING.fireBetween(watermark - 1, watermark))
          .as("watermark %d", watermark)
          .isEqualTo(fires);
    }
  }

  @Test
  void theFirstAndTheLastWatermarkFire() {
    assertThat(WINDOWING.fireBetween(Long.MIN_VALUE, 5)).isTrue();
    assertThat(WINDOWING.fireBetween(5, Long.MAX_VALUE)).isTrue();
  }
}
