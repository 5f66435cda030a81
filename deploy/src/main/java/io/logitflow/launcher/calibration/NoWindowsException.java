package io.logitflow.launcher.calibration;

import java.io.IOException;

/** The calibration topic has, so far, nothing of what was asked for. */
final class NoWindowsException extends IOException {

  private static final long serialVersionUID = 1L;

  NoWindowsException(String message) {
    super(message);
  }
}
