package io.logitflow.promotion;

/** How far the test of a candidate is. Only the first state ever changes. */
public enum TestState {
  /** It is scored beside the champion, and evidence is gathered. */
  SHADOW,

  /** The evidence said that it is better. */
  PROMOTED,

  /** The evidence said that it is worse, or did not say within the budget that it is better. */
  REJECTED
}
