package io.logitflow.training;

import java.util.ArrayList;
import java.util.List;

/** The steps of one training, each judged by the holdout and told to the listener. */
final class Course {

  private final Holdout holdout;
  private final TrainingListener listener;
  private final List<Progress> steps = new ArrayList<>();
  private double[] point;
  private StopReason reason;

  Course(Holdout holdout, TrainingListener listener) {
    this.holdout = holdout;
    this.listener = listener;
  }

  /**
   * Takes note of a step.
   *
   * @param copy of the parameters
   */
  Progress step(double loss, double[] copy) {
    LossSum judged = holdout.sum(copy);
    Progress progress = new Progress(steps.size() + 1, loss, judged.meanLoss(), judged.accuracy());
    steps.add(progress);
    listener.progressed(progress, copy);
    return progress;
  }

  void end(double[] newPoint, StopReason newReason) {
    point = newPoint;
    reason = newReason;
  }

  List<Progress> steps() {
    return steps;
  }

  double[] point() {
    return point;
  }

  StopReason reason() {
    return reason;
  }
}
