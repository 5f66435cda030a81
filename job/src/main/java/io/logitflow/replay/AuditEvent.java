package io.logitflow.replay;

/**
 * A feature record or a prediction on its way to the others of its record id. One of the two is
 * null.
 *
 * @param recordId id of the record
 * @param features the features
 * @param prediction the prediction
 */
public record AuditEvent(String recordId, ReplayedFeatures features, LoggedPrediction prediction) {}
