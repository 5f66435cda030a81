package io.logitflow.replay;

/**
 * A prediction and the features that it is of.
 *
 * @param recordId id of the record
 * @param features the features
 * @param prediction the prediction
 */
public record AuditPair(String recordId, ReplayedFeatures features, LoggedPrediction prediction) {}
