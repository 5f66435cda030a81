package io.logitflow.connector;

/**
 * The models topic could not be read or changed, or a change was refused. The message is one line
 * for the user: what, value, expected, and what to do.
 */
public sealed class ModelTopicException extends Exception permits AliasTakenException {

  private static final long serialVersionUID = 1L;

  public ModelTopicException(String message) {
    super(message);
  }

  public ModelTopicException(String message, Throwable cause) {
    super(message, cause);
  }
}
