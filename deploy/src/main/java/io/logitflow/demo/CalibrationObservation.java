package io.logitflow.demo;

import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What the feedback job and the training job said up to a moment.
 *
 * @param versions that served, ascending
 * @param decisions on the model, oldest first
 */
record CalibrationObservation(List<ServedVersion> versions, List<Decision> decisions) {

  /** Predictions with a label, of all versions. */
  long labelled() {
    return versions.stream().mapToLong(ServedVersion::labelled).sum();
  }

  /** The newest version of which labels have come. */
  Optional<ServedVersion> newest() {
    return versions.stream().filter(version -> version.labelled() > 0).reduce((a, b) -> b);
  }

  /** Decisions by which something changed, and alarms. */
  List<Decision> changes() {
    return decisions.stream().filter(CalibrationObservation::isChange).toList();
  }

  static boolean isChange(Decision decision) {
    return decision.getOutcome() == DecisionOutcome.APPLIED
        || (decision.getKind() == DecisionKind.RETRAINING
            && decision.getOutcome() == DecisionOutcome.PROPOSED);
  }
}
