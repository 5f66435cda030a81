package io.logitflow.calibration;

/** Steps of the ladder, from the one that can do least harm. */
public enum CalibrationStep {
  /** Logits as they are. */
  IDENTITY,
  /** {@code beta z}: never changes which class is predicted. */
  TEMPERATURE,
  /**
   * {@code beta z + b}: also repairs a changed mix of classes, and may change predicted classes.
   */
  BIAS_CORRECTED_TEMPERATURE
}
