package io.logitflow.replay;

/**
 * A feature record or predictions on the way to the others of their record id. One of the two is
 * null.
 *
 * @param recordId id of the record
 * @param features the features
 * @param logged the predictions
 */
public record AuditEvent(String recordId, ReplayedFeatures features, LoggedRecord logged) {}
