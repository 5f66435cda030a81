package io.logitflow.generator.random;

/**
 * What random numbers are drawn for. Each purpose has its own sequence, so that switching one
 * option on does not change what another one draws.
 */
public enum Purpose {
  /** Order of the rows of a pass. */
  SHUFFLE(1),
  /** Delay of a label. */
  LABEL_DELAY(2),
  /** Which rows a label shift keeps. */
  LABEL_SHIFT(3),
  /** Noise on the features. */
  FEATURE_NOISE(4),
  /** Weights of the synthetic model. */
  SYNTHETIC_MODEL(5),
  /** Features and label of a synthetic row. */
  SYNTHETIC_ROW(6),
  /** Which rows are rolled. */
  FEATURE_ROLL(7);

  /** Part of every seed: a change changes every stream. */
  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
