package io.logitflow.training;

import java.util.Map;

/**
 * When and how L-BFGS stops; with L1, OWL-QN.
 *
 * @param history pairs of steps and changes of the gradient that the curvature is taken from
 * @param maxIterations at most; 0 only evaluates the start
 * @param gradientTolerance stop when no element of the gradient is larger than this
 * @param decreaseTolerance stop when an iteration lowers the value by no more than this part of it;
 *     0 for never
 */
public record LbfgsOptions(
    int history, int maxIterations, double gradientTolerance, double decreaseTolerance)
    implements Solver {

  /** 10 pairs, 100 iterations, 1e-6 and 1e-9. */
  public static final LbfgsOptions DEFAULTS = new LbfgsOptions(10, 100, 1e-6, 1e-9);

  /** Checks the ranges. */
  public LbfgsOptions {
    if (history < 1 || history > 1000) {
      throw new IllegalArgumentException("history %d, expected 1 to 1000".formatted(history));
    }
    if (maxIterations < 0) {
      throw new IllegalArgumentException(
          "%d iterations, expected at least 0".formatted(maxIterations));
    }
    if (!(gradientTolerance >= 0) || !(decreaseTolerance >= 0)) {
      throw new IllegalArgumentException(
          "tolerances %s of the gradient and %s of the decrease, expected at least 0"
              .formatted(gradientTolerance, decreaseTolerance));
    }
  }

  @Override
  public Map<String, String> toDetails() {
    return Map.of(
        "solver", "lbfgs",
        "lbfgs.history", String.valueOf(history),
        "lbfgs.max-iterations", String.valueOf(maxIterations),
        "lbfgs.gradient-tolerance", String.valueOf(gradientTolerance),
        "lbfgs.decrease-tolerance", String.valueOf(decreaseTolerance));
  }
}
