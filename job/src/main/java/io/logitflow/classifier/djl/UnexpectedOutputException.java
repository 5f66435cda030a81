package io.logitflow.classifier.djl;

/** A network yields something else than one array of the expected shape and type. */
final class UnexpectedOutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnexpectedOutputException(String message) {
    super(message);
  }
}
