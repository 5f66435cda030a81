package io.logitflow.classifier;

/** Which kernels score. */
public enum KernelChoice {
  /** The fastest that this Java virtual machine offers. */
  AUTO,

  /** Plain Java: runs everywhere. */
  SCALAR,

  /** The Vector API; refused where the module is missing. */
  VECTOR
}
