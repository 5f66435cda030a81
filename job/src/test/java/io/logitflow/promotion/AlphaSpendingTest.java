package io.logitflow.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlphaSpendingTest {

  @Test
  void allLevelsTogetherAreAlpha() {
    double sum =
        IntStream.rangeClosed(1, 100_000).mapToDouble(j -> AlphaSpending.level(1, j)).sum();

    assertThat(sum).isCloseTo(1, within(1e-5)).isLessThan(1);
    assertThat(AlphaSpending.level(0.05, 1)).isCloseTo(0.0303963550927, within(1e-12));
    assertThat(AlphaSpending.level(0.05, 3)).isCloseTo(0.00337737278808, within(1e-13));
  }

  @Test
  void testsAreNumberedFromOne() {
    assertThatThrownBy(() -> AlphaSpending.level(0.05, 0)).hasMessageContaining("0, expected 1");
  }
}
