package io.logitflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void medianIsTheMiddleOrTheMeanOfTwo() {
    assertThat(new Spread(List.of(3.0, 1.0, 20.0)).median()).isEqualTo(3);
    assertThat(new Spread(List.of(4.0, 1.0, 20.0, 3.0)).median()).isEqualTo(3.5);
    assertThat(new Spread(List.of()).median()).isNaN();
  }

  @Test
  void reportsSayMedianLeastAndGreatest() {
    assertThat(new Spread(List.of(3.0, 1.0, 20.0))).hasToString("3.00 (1.00 to 20.00)");
    assertThat(Spread.of(new double[] {3_000, 1_000}).text("%,.0f"))
        .isEqualTo("2,000 (1,000 to 3,000)");
    assertThat(new Spread(List.of())).hasToString("-");
  }
}
