package io.logitflow.replay;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.evaluation.LoggedOutput;

/**
 * A prediction as it was logged.
 *
 * @param record where it is, and its bytes
 * @param modelVersion version that it names
 * @param challenger whether that version was a challenger
 * @param output what it says
 */
public record LoggedPrediction(
    ConsumedRecord record, long modelVersion, boolean challenger, LoggedOutput output) {

  /** The same for predictions of the same version in the same role. */
  long origin() {
    return 2 * modelVersion + (challenger ? 1 : 0);
  }
}
