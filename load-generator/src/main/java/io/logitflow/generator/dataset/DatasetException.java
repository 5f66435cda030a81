package io.logitflow.generator.dataset;

/** A data set that cannot be read; the message says what is wrong, where, and what was expected. */
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1L;

  DatasetException(String message) {
    super(message);
  }

  DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
