package io.logitflow.classifier;

/**
 * A model that must not be served. The message names what is wrong, the value, what was expected,
 * and where.
 */
public class InvalidModelException extends Exception {

  public InvalidModelException(String message) {
    super(message);
  }

  public InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
