package io.logitflow.learning.shards;

import io.logitflow.training.LinearShape;
import io.logitflow.training.LossSum;
import java.util.Arrays;
import java.util.List;

/** Sums over rows as they travel: loss, weight, correct, and the gradient if it is wanted. */
final class Sums {

  /** The sum over no rows. */
  static final double[] NOTHING = {};

  private static final int HEADER = 3;

  private Sums() {}

  /** Length of a sum with its gradient. */
  static int length(LinearShape shape) {
    return HEADER + shape.size();
  }

  static double[] toVector(LossSum sum) {
    double[] vector = Arrays.copyOf(toVectorWithoutGradient(sum), HEADER + sum.gradient().length);
    System.arraycopy(sum.gradient(), 0, vector, HEADER, sum.gradient().length);
    return vector;
  }

  static double[] toVectorWithoutGradient(LossSum sum) {
    return new double[] {sum.loss(), sum.weight(), sum.correct()};
  }

  /** Adds what shards have answered, in their order. Without a gradient, that of the sum is 0. */
  static LossSum add(List<double[]> answers, LinearShape shape) {
    double[] header = new double[HEADER];
    double[] gradient = new double[shape.size()];
    for (double[] answer : answers) {
      for (int i = 0; i < answer.length; i++) {
        if (i < HEADER) {
          header[i] += answer[i];
        } else {
          gradient[i - HEADER] += answer[i];
        }
      }
    }
    return new LossSum(header[0], header[1], header[2], gradient);
  }
}
