package io.logitflow.training;

import java.util.Arrays;

/**
 * A sum over rows: of the loss, its gradient, and what is needed for means. Sums over parts of the
 * rows add up to the sum over all of them. The penalty of the weights is not in it.
 *
 * @param loss sum of weight times loss, in nats
 * @param weight sum of the weights, those of the classes included
 * @param correct sum of the weights of rows whose class has the largest logit; 0 for label sets
 * @param gradient of {@code loss}, laid out as {@link LinearShape} says for a linear model
 */
public record LossSum(double loss, double weight, double correct, double[] gradient) {

  /** A sum over no rows. */
  public static LossSum zero(LinearShape shape) {
    return new LossSum(0, 0, 0, new double[shape.size()]);
  }

  /** The sum over the rows of both. */
  public LossSum plus(LossSum other) {
    if (other.gradient.length != gradient.length) {
      throw new IllegalArgumentException(
          "a sum of %d parameters, expected %d".formatted(other.gradient.length, gradient.length));
    }
    double[] sum = gradient.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.gradient[i];
    }
    return new LossSum(loss + other.loss, weight + other.weight, correct + other.correct, sum);
  }

  /** Mean loss, NaN without rows. */
  public double meanLoss() {
    return loss / weight;
  }

  /** Share of rows whose class has the largest logit, NaN without rows. */
  public double accuracy() {
    return correct / weight;
  }

  @Override
  public String toString() {
    return "LossSum[loss=%s, weight=%s, correct=%s, gradient=%s]"
        .formatted(loss, weight, correct, Arrays.toString(gradient));
  }
}
