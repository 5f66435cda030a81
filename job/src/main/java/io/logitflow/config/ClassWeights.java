package io.logitflow.config;

/** What the rows of a class weigh in training. */
public enum ClassWeights {
  /** As much as those of any other class. */
  NONE,

  /** So much that all classes weigh the same together. */
  BALANCED
}
