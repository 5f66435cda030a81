package io.logitflow.replay;

import io.logitflow.evaluation.LoggedOutput;

/**
 * A prediction as it was logged.
 *
 * @param modelVersion version that it names
 * @param challenger whether that version was a challenger
 * @param output what it says
 */
public record LoggedPrediction(long modelVersion, boolean challenger, LoggedOutput output) {

  /** The same for predictions of the same version in the same role. */
  long origin() {
    return 2 * modelVersion + (challenger ? 1 : 0);
  }
}
