package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

  private static final Instant NINE = Instant.parse("2026-01-31T09:00:00Z");

  @Test
  void ticksAreRoundTimesNoNearerThanAsked() {
    TimeAxis axis = new TimeAxis(NINE.plusSeconds(30), NINE.plusSeconds(1830), 0, 300);

    assertThat(axis.ticks(60)).extracting(Tick::text).containsExactly("09:10", "09:20", "09:30");
    assertThat(axis.ticks(60)).extracting(Tick::pixel).containsExactly(95, 195, 295);
    assertThat(axis.title()).isEqualTo("2026-01-31, UTC");
  }

  @Test
  void midnightIsADate() {
    TimeAxis axis = new TimeAxis(NINE, NINE.plusSeconds(86_400), 0, 300);

    assertThat(axis.ticks(60))
        .extracting(Tick::text)
        .containsExactly("12:00", "18:00", "02-01", "06:00");
    assertThat(axis.title()).isEqualTo("2026-01-31 to 2026-02-01, UTC");
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThatThrownBy(() -> new TimeAxis(NINE, NINE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
