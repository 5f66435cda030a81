package io.logitflow.feedback;

import io.logitflow.label.TrueLabel;

/**
 * A prediction or a label on its way to the others of its record. One of the two is null.
 *
 * @param recordId id of the record
 * @param prediction the prediction
 * @param label the label
 */
public record FeedbackEvent(String recordId, ServedPrediction prediction, TrueLabel label) {

  /** Event time in ms since the epoch. */
  public long time() {
    return prediction != null ? prediction.time() : label.time();
  }
}
