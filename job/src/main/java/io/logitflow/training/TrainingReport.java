package io.logitflow.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How training went.
 *
 * @param rows trained with
 * @param holdoutRows judged with; 0 without a holdout
 * @param steps each epoch or iteration, or only the last one
 * @param reason why it ended
 * @param training the loss over the training rows at the end; its gradient too
 * @param holdout the loss on the holdout at the end; over no rows without one
 */
public record TrainingReport(
    int rows,
    int holdoutRows,
    List<Progress> steps,
    StopReason reason,
    LossSum training,
    LossSum holdout) {

  /** Copies the list. */
  public TrainingReport {
    steps = List.copyOf(steps);
  }

  /** Number of epochs or iterations. */
  public int stepCount() {
    return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step();
  }

  /** The figures as a provenance keeps them, by name. */
  public Map<String, String> toDetails() {
    Map<String, String> details = new TreeMap<>();
    details.put("training.rows", String.valueOf(rows));
    details.put("training.steps", String.valueOf(stepCount()));
    details.put("training.stopped-by", reason.name());
    details.put("training.loss", String.valueOf(training.meanLoss()));
    details.put("training.accuracy", String.valueOf(training.accuracy()));
    details.put("holdout.rows", String.valueOf(holdoutRows));
    if (holdoutRows > 0) {
      details.put("holdout.loss", String.valueOf(holdout.meanLoss()));
      details.put("holdout.accuracy", String.valueOf(holdout.accuracy()));
    }
    return details;
  }
}
