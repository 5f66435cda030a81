package io.logitflow.config;

import java.util.Locale;

/** What becomes of a trained model. */
public enum PublishMode {
  /** It is published as a version and becomes the challenger. */
  CHALLENGER,

  /** It is published as a version, without an alias. */
  VERSION_ONLY;

  /** The text form in options, such as {@code version-only}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
