package io.logitflow.classifier.djl;

/** What an engine said of a failure. */
final class Causes {

  /** Enough to name an operator or a file; native stack traces follow. */
  private static final int MAX_LENGTH = 300;

  private Causes() {}

  /** The beginning of the message of the innermost cause, in one line. */
  static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + " ...";
  }
}
