package io.logitflow.classifier;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where a network computes.
 *
 * @param gpu index of the GPU as the engine counts them, from 0; empty for the CPU
 * @param cpuIfMissing whether the CPU will do if that GPU cannot be used; otherwise that is an
 *     error
 */
public record Placement(OptionalInt gpu, boolean cpuIfMissing) {

  /** On the CPU. */
  public static final Placement CPU = new Placement(OptionalInt.empty(), true);

  public Placement {
    if (gpu.isPresent() && gpu.getAsInt() < 0) {
      throw new IllegalArgumentException(
          "GPU index is %d, expected at least 0".formatted(gpu.getAsInt()));
    }
  }

  /**
   * The GPU of a subtask. Every subtask of a TaskManager is offered the same GPUs, so they take
   * turns by their index.
   *
   * @param gpus indices of the GPUs that are offered, in any order
   * @param subtask index of the subtask, from 0
   * @param cpuIfMissing whether the CPU will do if none is offered, or it cannot be used
   * @throws IllegalStateException if none is offered and the CPU will not do
   */
  public static Placement ofSubtask(List<Integer> gpus, int subtask, boolean cpuIfMissing) {
    if (!gpus.isEmpty()) {
      int gpu = gpus.stream().sorted().toList().get(subtask % gpus.size());
      return new Placement(OptionalInt.of(gpu), cpuIfMissing);
    }
    if (cpuIfMissing) {
      return CPU;
    }
    throw new IllegalStateException(
        "this TaskManager offers no GPU: declare the external resource (external-resources: gpu,"
            + " external-resource.gpu.amount and its driver), or allow the CPU instead");
  }

  @Override
  public String toString() {
    return gpu.isPresent() ? "GPU " + gpu.getAsInt() : "CPU";
  }
}
