package io.logitflow.generator;

/** How a label names its class. */
public enum LabelFormat {
  /** Index from 0. */
  INDEX,
  /** Name. */
  NAME
}
