package io.logitflow.training;

/** The arithmetic of logits and gradients. Sums over rows are float64 in both. */
public enum Precision {

  /** The kernels that score, many times faster. */
  FLOAT32,

  /** Plain loops: what the other is measured against. */
  FLOAT64
}
