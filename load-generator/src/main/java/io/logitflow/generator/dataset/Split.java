package io.logitflow.generator.dataset;

import java.util.Locale;

/** Part of a data set, in file order. */
public enum Split {
  /** What models are fitted to. */
  TRAIN,
  /** What decides between models and fits their temperature. */
  VALIDATION,
  /** What models are measured on. */
  TEST,
  /** Every row there is. */
  ALL;

  /** The name as users write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Split parse(String text) {
    for (Split split : values()) {
      if (split.text().equals(text)) {
        return split;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no split; expected train, validation, test or all");
  }
}
