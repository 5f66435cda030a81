package io.logitflow.feedback;

import io.logitflow.label.TrueLabel;
import java.util.List;

/**
 * Predictions that were made of a record together, or a label, on the way to the others of the
 * record.
 *
 * @param recordId id of the record
 * @param predictions that of the champion and those of challengers, all of the same time and
 *     segment; none with a label
 * @param label the label; null with predictions
 */
public record FeedbackEvent(String recordId, List<ServedPrediction> predictions, TrueLabel label) {

  /** An event of predictions, at least one. */
  public static FeedbackEvent predicted(String recordId, List<ServedPrediction> predictions) {
    return new FeedbackEvent(recordId, predictions, null);
  }

  /** An event of a label. */
  public static FeedbackEvent labelled(String recordId, TrueLabel label) {
    return new FeedbackEvent(recordId, List.of(), label);
  }

  /** Event time in ms since the epoch. */
  public long time() {
    return label == null ? predictions.get(0).time() : label.time();
  }
}
