package io.logitflow.classifier;

import java.util.List;
import java.util.OptionalInt;

/** Where networks of other programs compute. */
public enum DeviceChoice {
  /** On a GPU if Flink offers one and the engine can use it, else on the CPU. */
  AUTO,

  /** On the CPU. */
  CPU,

  /** On a GPU; an error where there is none. */
  GPU;

  /**
   * The place for a subtask. Every subtask of a TaskManager is offered the same GPUs, so they take
   * turns by their index.
   *
   * @param gpus indices of the GPUs that are offered, in any order
   * @param subtask index of the subtask, from 0
   * @throws IllegalStateException if it is to be a GPU and none is offered; it says what to do
   */
  public Placement place(List<Integer> gpus, int subtask) {
    if (this == CPU) {
      return Placement.CPU;
    }
    if (!gpus.isEmpty()) {
      int gpu = gpus.stream().sorted().toList().get(subtask % gpus.size());
      return new Placement(OptionalInt.of(gpu), /* cpuIfMissing= */ this == AUTO);
    }
    if (this == AUTO) {
      return Placement.CPU;
    }
    throw new IllegalStateException(
        "the TaskManager of subtask %d offers no GPU: declare the external resource 'gpu' in Flink's"
                .formatted(subtask)
            + " configuration (external-resources, external-resource.gpu.amount and its driver), or"
            + " set device to auto or cpu");
  }
}
