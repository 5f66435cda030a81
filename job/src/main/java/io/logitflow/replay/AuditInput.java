package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;

/**
 * What a source of an audit hands over.
 *
 * @param event a feature record or a prediction; null if the record is not looked at
 * @param count what a record that is not looked at is counted as; null with an event
 * @param deadLetter its dead letter; null for none
 */
public record AuditInput(AuditEvent event, String count, ProducedRecord deadLetter) {}
