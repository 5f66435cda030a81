package io.logitflow.classifier;

/** A step of a folded network, in float64. Immutable. */
sealed interface FoldedStep
    permits FoldedLinear, FoldedSparseLinear, FoldedScale, FoldedActivation {

  /** Number of outputs. */
  int outputs();

  /** Applies the step to one row. */
  double[] apply(double[] input);
}
