package io.logitflow.generator;

/** What becomes of labels whose time has not come when the features end. */
public enum PendingLabelPolicy {
  /** They are sent when they are due, up to a limit; what is left is sent then. */
  WAIT,
  /** They are sent at once. */
  SEND,
  /** They are never sent. */
  DROP
}
