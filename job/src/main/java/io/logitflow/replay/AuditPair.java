package io.logitflow.replay;

/**
 * A prediction and the features that it is of.
 *
 * @param recordId id of the record
 * @param features the features
 * @param logged where the prediction stands
 * @param index which one of those there it is: 0 for the prediction itself, then its shadows
 */
public record AuditPair(
    String recordId, ReplayedFeatures features, LoggedRecord logged, int index) {

  /** The prediction. */
  LoggedPrediction prediction() {
    return logged.predictions().get(index);
  }
}
