package io.logitflow.classifier.kernel;

/** Which kernels score. */
public enum KernelChoice {
  /** The Vector API kernels where they can run, else the scalar ones. */
  AUTO,

  /** Plain Java loops with float64 sums: the most accurate, and always available. */
  SCALAR,

  /** The Vector API kernels; an error where they cannot run. */
  VECTOR
}
