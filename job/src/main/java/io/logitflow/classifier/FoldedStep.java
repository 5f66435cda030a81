package io.logitflow.classifier;

/** A step of a folded network, in float64. Immutable. */
sealed interface FoldedStep
    permits FoldedLinear, FoldedSparseLinear, FoldedScale, FoldedActivation {

  /** Number of outputs. */
  int outputs();

  /** Applies the step to one row. */
  double[] apply(double[] input);

  /**
   * Applies the step to one sparse row.
   *
   * @param row which inputs are not 0
   */
  default double[] apply(SparseRow row) {
    return apply(row.toDense());
  }
}
