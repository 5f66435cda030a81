package io.logitflow.generator.sink;

/**
 * Records cannot be delivered; the message is one line for the user: what, where and what to do.
 */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
