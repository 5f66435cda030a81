package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceChoiceTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 4", "2, 7", "3, 1", "7, 4"})
  void subtasksTakeTheGpusInTurn(int subtask, int gpu) {
    assertThat(DeviceChoice.GPU.place(List.of(7, 1, 4), subtask))
        .isEqualTo(new Placement(OptionalInt.of(gpu), false));
  }

  @Test
  void autoDoesWithTheCpuIfAGpuCannotBeUsed() {
    assertThat(DeviceChoice.AUTO.place(List.of(3), 0))
        .isEqualTo(new Placement(OptionalInt.of(3), true));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "CPU"})
  void withoutGpusItIsTheCpu(DeviceChoice choice) {
    assertThat(choice.place(List.of(), 3)).isEqualTo(Placement.CPU);
  }

  @Test
  void theCpuIsTheCpuWhateverIsOffered() {
    assertThat(DeviceChoice.CPU.place(List.of(0, 1), 1)).isEqualTo(Placement.CPU);
  }

  @Test
  void aGpuThatMustBeAndIsNotIsAnError() {
    assertThatThrownBy(() -> DeviceChoice.GPU.place(List.of(), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("subtask 3")
        .hasMessageContaining("external-resource.gpu.amount");
  }
}
