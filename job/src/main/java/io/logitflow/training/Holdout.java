package io.logitflow.training;

import java.util.Optional;

/** Rows that judge and are not trained with: by the loss without smoothing and class weights. */
final class Holdout {

  private final UnaryLoss loss;

  /** Yields the loss at a point. */
  @FunctionalInterface
  interface UnaryLoss {
    LossSum sum(double[] point);
  }

  Holdout(UnaryLoss loss) {
    this.loss = loss;
  }

  /** A judge of linear models; over no rows without a holdout. */
  static Holdout linear(
      Optional<TrainingRows> rows, LinearShape shape, TrainerOptions options, Workers workers) {
    if (rows.isEmpty()) {
      return new Holdout(point -> LossSum.zero(shape));
    }
    return new Holdout(
        new LocalLoss(rows.get(), options.loss().plain(), options.precision(), workers)::sum);
  }

  /** The loss at a point. */
  LossSum sum(double[] point) {
    return loss.sum(point);
  }
}
