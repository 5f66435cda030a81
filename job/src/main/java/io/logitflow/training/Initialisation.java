package io.logitflow.training;

import java.util.SplittableRandom;

/** What the weights of a layer are before the first step. Biases are 0. */
public enum Initialisation {

  /** 0. */
  ZERO {
    @Override
    double draw(int inputs, int outputs, SplittableRandom random) {
      return 0;
    }
  },

  /** Normal, mean 0, standard deviation 0.01. */
  NORMAL {
    @Override
    double draw(int inputs, int outputs, SplittableRandom random) {
      return 0.01 * gaussian(random);
    }
  },

  /** Uniform within {@code sqrt(6 / (inputs + outputs))} of 0 (Glorot and Bengio 2010). */
  XAVIER {
    @Override
    double draw(int inputs, int outputs, SplittableRandom random) {
      return Math.sqrt(6.0 / ((double) inputs + outputs)) * (2 * random.nextDouble() - 1);
    }
  },

  /** Normal, mean 0, standard deviation {@code sqrt(2 / inputs)} (He et al. 2015), for ReLU. */
  KAIMING {
    @Override
    double draw(int inputs, int outputs, SplittableRandom random) {
      return Math.sqrt(2.0 / inputs) * gaussian(random);
    }
  };

  abstract double draw(int inputs, int outputs, SplittableRandom random);

  /** Weights {@code [outputs, inputs]} and then biases {@code [outputs]}, the same for a seed. */
  public double[] point(LinearShape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] point = new double[shape.size()];
    for (int i = 0; i < shape.weights(); i++) {
      point[i] = draw(shape.features(), shape.classes(), random);
    }
    return point;
  }

  /** Marsaglia's polar method: the same numbers on every JDK. */
  private static double gaussian(SplittableRandom random) {
    while (true) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double square = x * x + y * y;
      if (square > 0 && square < 1) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }
}
