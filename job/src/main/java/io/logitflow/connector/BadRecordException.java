package io.logitflow.connector;

import io.logitflow.schema.DeadLetterReason;

/**
 * A record that cannot be used. It costs no stack trace: it says all about the record, nothing
 * about the program.
 */
public final class BadRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  /**
   * Rejects a record.
   *
   * @param reason why
   * @param detail what was found and what was expected
   */
  public BadRecordException(DeadLetterReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why the record cannot be used. */
  public DeadLetterReason reason() {
    return reason;
  }
}
