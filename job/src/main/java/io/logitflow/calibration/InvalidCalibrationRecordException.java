package io.logitflow.calibration;

/** A calibration record does not hold statistics: the message names the field and what it has. */
public final class InvalidCalibrationRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidCalibrationRecordException(String message) {
    super(message);
  }
}
