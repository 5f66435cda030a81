package io.logitflow.classifier;

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

  @Override
  public String toString() {
    return gpu.isPresent() ? "GPU " + gpu.getAsInt() : "CPU";
  }
}
