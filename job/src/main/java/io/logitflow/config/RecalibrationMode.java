package io.logitflow.config;

/** What to do with a calibration that is better than the one in force. */
public enum RecalibrationMode {
  /** Nothing; none is fitted. */
  OFF,

  /** It is published as a model version, which serves once somebody makes it the champion. */
  PROPOSE,

  /** It is published as a model version and made the champion. */
  APPLY
}
