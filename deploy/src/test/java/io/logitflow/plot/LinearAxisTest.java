package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAxisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1   | 1    | 200 | 50 | -1 -0.5 0 0.5 1
          -1.3 | 1.3  | 260 | 48 | -1 -0.5 0 0.5 1
          0    | 1    | 500 | 50 | 0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1
          3    | 47   | 220 | 50 | 10 20 30 40
          0    | 3.1e-7 | 170 | 50 | 0 1E-7 2E-7 3E-7
          -9e9 | 9e9  | 180 | 50 | -5E+9 0 5E+9
          """)
  void ticksAreRoundNumbers(double from, double to, int pixels, int distance, String expected) {
    LinearAxis axis = new LinearAxis(from, to, 0, pixels);

    assertThat(axis.ticks(distance))
        .extracting(LinearAxis::text)
        .containsExactly(expected.split(" "));
  }

  @Test
  void numbersBeyondTheEndsAreAtTheEnds() {
    LinearAxis axis = new LinearAxis(-1, 1, 10, 30);

    assertThat(axis.pixel(0)).isEqualTo(20);
    assertThat(axis.pixel(-5)).isEqualTo(10);
    assertThat(axis.pixel(5)).isEqualTo(30);
  }

  @Test
  void axisThatGrowsUpwardsHasItsEndAbove() {
    assertThat(new LinearAxis(0, 1, 100, 0).pixel(0.25)).isEqualTo(75);
  }

  @Test
  void emptyRangeIsRefused() {
    assertThatThrownBy(() -> new LinearAxis(1, 1, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an axis from 1.0 to 1.0");
  }
}
