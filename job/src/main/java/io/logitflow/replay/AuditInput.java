package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;

/**
 * What a source of an audit hands over.
 *
 * @param event a feature record or predictions; null if the record is not looked at
 * @param count what a record that is not looked at is counted as; null with an event
 * @param number how often it is counted; 0 with an event
 * @param deadLetter its dead letter; null for none
 */
public record AuditInput(AuditEvent event, String count, long number, ProducedRecord deadLetter) {

  /** To be looked at. */
  static AuditInput of(AuditEvent event) {
    return new AuditInput(event, null, 0, null);
  }

  /** Not to be looked at. */
  static AuditInput counted(String count, long number) {
    return new AuditInput(null, count, number, null);
  }
}
