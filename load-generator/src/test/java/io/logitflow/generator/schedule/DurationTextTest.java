package io.logitflow.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "250us,PT0.00025S",
    "0ms,PT0S",
    "1500ms,PT1.5S",
    "30s,PT30S",
    "1.5m,PT1M30S",
    "2 min,PT2M",
    "2h,PT2H",
    "1d,PT24H"
  })
  void numberAndUnitAreRead(String text, String expected) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1e3s", "1,5s", "1w", "PT1S", "99999999999d"})
  void whateverElseIsRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is");
  }
}
