package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 4", "2, 7", "3, 1", "7, 4"})
  void subtasksTakeTheGpusInTurn(int subtask, int gpu) {
    assertThat(Placement.ofSubtask(List.of(7, 1, 4), subtask, false))
        .isEqualTo(new Placement(OptionalInt.of(gpu), false));
  }

  @Test
  void withoutGpusItIsTheCpuWhereItMay() {
    assertThat(Placement.ofSubtask(List.of(), 3, true)).isEqualTo(Placement.CPU);
  }

  @Test
  void withoutGpusItIsAnErrorWhereTheCpuWillNotDo() {
    assertThatThrownBy(() -> Placement.ofSubtask(List.of(), 3, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("external-resources: gpu");
  }

  @Test
  void anIndexBelowZeroIsRefused() {
    assertThatThrownBy(() -> new Placement(OptionalInt.of(-1), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
