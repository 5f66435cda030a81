package io.logitflow.training;

/**
 * The cross-entropy of a network of any kind over rows with a class each, with its gradient. One
 * caller at a time.
 */
public interface NetworkLoss {

  /** Number of parameters. */
  int size();

  /** Number of parameters, from the first, that are weights, which L2 penalises; biases follow. */
  int weights();

  /**
   * Loss and gradient over rows.
   *
   * @param features {@code [rows, features]}, row-major; may be longer
   * @param labels {@code [rows]}; may be longer
   * @param weights of the rows, those of their classes included, {@code [rows]}
   * @param labelSmoothing as {@link LossOptions} says
   * @param point parameters; not changed
   */
  LossSum sum(
      float[] features,
      int rows,
      int[] labels,
      double[] weights,
      double labelSmoothing,
      double[] point);
}
