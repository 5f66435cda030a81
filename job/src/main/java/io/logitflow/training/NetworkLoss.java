package io.logitflow.training;

/**
 * The cross-entropy of a network of any kind over rows, with its gradient. One caller at a time.
 */
public interface NetworkLoss {

  /** Number of parameters. */
  int size();

  /** Number of parameters, from the first, that are weights, which L2 penalises; biases follow. */
  int weights();

  /**
   * Loss and gradient over rows.
   *
   * @param batch the rows
   * @param point parameters; not changed
   */
  LossSum sum(NetworkBatch batch, double[] point);
}
