package io.logitflow.training;

/** How the gradient of a mini-batch moves the parameters. */
public sealed interface StepRule {

  /** Steps of a run, which keep what this rule remembers of the gradients before. */
  Steps steps(int parameters);

  /** The steps of one run. */
  interface Steps {

    /** Moves a point by the gradient of a mini-batch there. */
    void step(double[] gradient, double[] point);
  }

  private static void requireRate(double learningRate) {
    if (!(learningRate > 0 && learningRate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "learning rate %s, expected a number above 0".formatted(learningRate));
    }
  }

  private static void requireDecay(String name, double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "%s %s, expected at least 0 and below 1".formatted(name, decay));
    }
  }

  /**
   * {@code v = momentum v + g; point -= rate v}, as PyTorch's SGD.
   *
   * @param learningRate above 0
   * @param momentum at least 0 and below 1; 0 for plain SGD
   */
  record Sgd(double learningRate, double momentum) implements StepRule {

    /** Checks the ranges. */
    public Sgd {
      requireRate(learningRate);
      requireDecay("momentum", momentum);
    }

    @Override
    public Steps steps(int parameters) {
      double[] velocity = new double[parameters];
      return (gradient, point) -> {
        for (int i = 0; i < point.length; i++) {
          velocity[i] = momentum * velocity[i] + gradient[i];
          point[i] -= learningRate * velocity[i];
        }
      };
    }
  }

  /**
   * Adam (Kingma and Ba 2015, algorithm 1).
   *
   * @param learningRate above 0; 0.001 there
   * @param beta1 decay of the mean gradient; 0.9 there
   * @param beta2 decay of the mean square; 0.999 there
   * @param epsilon added to the root of the mean square, above 0; 1e-8 there
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon) implements StepRule {

    /** Checks the ranges. */
    public Adam {
      requireRate(learningRate);
      requireDecay("beta1", beta1);
      requireDecay("beta2", beta2);
      if (!(epsilon > 0 && epsilon <= 1)) {
        throw new IllegalArgumentException(
            "epsilon %s, expected above 0 and at most 1".formatted(epsilon));
      }
    }

    /** The constants of the paper but for the rate. */
    public static Adam of(double learningRate) {
      return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Steps steps(int parameters) {
      return new AdamSteps(this, parameters);
    }
  }
}
