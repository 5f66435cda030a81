package io.logitflow.training;

/**
 * The loss over rows, wherever they are. What trains on rows of several machines adds the sums of
 * {@link LocalLoss}.
 */
public interface RowLoss {

  /** The parameters of the model. */
  LinearShape shape();

  /**
   * Loss and gradient of all rows.
   *
   * @param point parameters, laid out as {@link LinearShape} says; not changed
   */
  LossSum sum(double[] point);
}
