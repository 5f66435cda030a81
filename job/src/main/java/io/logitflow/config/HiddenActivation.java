package io.logitflow.config;

import java.util.Locale;

/** What follows each hidden layer. */
public enum HiddenActivation {
  /** {@code max(x, 0)}. */
  RELU,

  /** {@code max(x, x / 100)}. */
  LEAKY_RELU,

  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,

  /** Hyperbolic tangent. */
  TANH;

  /** The text form in options, such as {@code leaky-relu}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
