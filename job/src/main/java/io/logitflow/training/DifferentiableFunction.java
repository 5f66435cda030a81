package io.logitflow.training;

/** A function of many numbers that can be minimised. */
public interface DifferentiableFunction {

  /** Number of arguments. */
  int dimension();

  /**
   * Value and gradient.
   *
   * @param point the arguments; not changed
   * @param gradient overwritten by the gradient at the point
   * @return the value at the point; may be infinite or NaN where the function is not defined
   */
  double evaluate(double[] point, double[] gradient);
}
