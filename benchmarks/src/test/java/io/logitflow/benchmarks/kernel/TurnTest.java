package io.logitflow.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

  private long now;
  private long passNanos;

  @Test
  void shortPassesAreTakenUntilATurnLastsForSomeTenMillis() {
    assertThat(passesOfTurns(1_000_000)).containsExactly(1L, 2L, 4L, 8L, 8L, 8L);
  }

  @Test
  void aPassThatIsLongerThanATurnIsTakenOnce() {
    assertThat(passesOfTurns(50_000_000)).containsExactly(1L, 1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void aTurnGetsShorterWhenPassesTakeLonger() {
    Turn turn = turn(1_000_000);
    for (int i = 0; i < 4; i++) {
      turn.take();
    }
    passNanos = 5_000_000;
    turn.take();
    turn.take();

    assertThat(turn.passes()).isEqualTo(4);
    assertThat(turn.nanos()).isEqualTo(20_000_000);
  }

  private Turn turn(long nanosOfAPass) {
    passNanos = nanosOfAPass;
    return new Turn(() -> now += passNanos, () -> now);
  }

  private List<Long> passesOfTurns(long nanosOfAPass) {
    Turn turn = turn(nanosOfAPass);
    List<Long> passes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      turn.take();
      passes.add(turn.passes());
    }
    return passes;
  }
}
