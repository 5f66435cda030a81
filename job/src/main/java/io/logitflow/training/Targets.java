package io.logitflow.training;

/** What training rows say about the classes of a record. */
public enum Targets {

  /** The index of its class. */
  CLASSES,

  /** Probabilities that another model gives it, and the index of its class where that is known. */
  TEACHER,

  /** For each class whether, or with which probability, the record belongs to it. */
  LABEL_SETS
}
