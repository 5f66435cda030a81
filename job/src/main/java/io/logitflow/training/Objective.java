package io.logitflow.training;

/**
 * What training minimises: {@code (sum w_i loss_i + l2 / 2 |W|^2) / sum w_i}. Biases are not
 * penalised. It has the minimum of scikit-learn's {@code C sum loss + |W|^2 / 2} for l2 = 1 / C,
 * while values and gradients do not grow with the number of rows.
 */
public final class Objective implements DifferentiableFunction {

  private final RowLoss loss;
  private final double l2;

  /**
   * An objective.
   *
   * @param l2 strength of the penalty, at least 0
   */
  public Objective(RowLoss loss, double l2) {
    if (!(l2 >= 0 && l2 <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("l2 %s, expected a number of at least 0".formatted(l2));
    }
    this.loss = loss;
    this.l2 = l2;
  }

  @Override
  public int dimension() {
    return loss.shape().size();
  }

  @Override
  public double evaluate(double[] point, double[] gradient) {
    return value(loss.sum(point), point, gradient);
  }

  /**
   * The objective of a sum that is there already.
   *
   * @param sum over all rows, at the point
   * @param gradient overwritten
   */
  public double value(LossSum sum, double[] point, double[] gradient) {
    int weights = loss.shape().weights();
    double squares = 0;
    for (int i = 0; i < point.length; i++) {
      double penalty = 0;
      if (i < weights) {
        squares += point[i] * point[i];
        penalty = l2 * point[i];
      }
      gradient[i] = (sum.gradient()[i] + penalty) / sum.weight();
    }
    return (sum.loss() + l2 / 2 * squares) / sum.weight();
  }
}
