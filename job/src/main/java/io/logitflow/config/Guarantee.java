package io.logitflow.config;

import java.util.Locale;

/** What a failure may do to the output. */
public enum Guarantee {
  /** Nothing is lost; records since the last checkpoint may be written again. */
  AT_LEAST_ONCE,

  /** Nothing is lost or doubled for readers of committed records; they see it at checkpoints. */
  EXACTLY_ONCE;

  /** The text form in options, such as {@code at-least-once}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
