package io.logitflow.training;

/**
 * Learning from another model's probabilities q (Hinton et al. 2015): {@code (1 - share) CE(y, z) +
 * share T^2 CE(q_T, z / T)}, where q_T is q with its logits divided by T, so {@code q^(1/T)} scaled
 * to sum to 1. The factor T^2 keeps the gradient of the second term as large at any T.
 *
 * @param temperature T, above 0
 * @param share of the loss that comes from the other model, above 0 and at most 1; with 1 the
 *     classes of the rows do not count
 */
public record Distillation(double temperature, double share) {

  /** Checks the ranges. */
  public Distillation {
    if (!(temperature > 0 && 1 / temperature > 0 && 1 / temperature <= 1e6)) {
      throw new IllegalArgumentException(
          "temperature of distillation %s, expected a number above 0".formatted(temperature));
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share of distillation %s, expected above 0 and at most 1".formatted(share));
    }
  }

  /** Plain learning from the other model's probabilities. */
  public static Distillation plain() {
    return new Distillation(1, 1);
  }
}
