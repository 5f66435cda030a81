package io.logitflow.config;

/** What to do when a test of a challenger or of the previous champion has an outcome. */
public enum PromotionMode {
  /** Nothing; nobody is tested. */
  OFF,

  /** The decision is written, and aliases stay as they are until somebody moves them. */
  PROPOSE,

  /** The decision is written and aliases are moved. */
  APPLY
}
