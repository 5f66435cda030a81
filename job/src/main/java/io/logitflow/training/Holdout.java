package io.logitflow.training;

import java.util.List;
import java.util.Optional;

/** Rows that judge and are not trained with: by the loss without smoothing and class weights. */
final class Holdout {

  private final LinearShape shape;
  private final Optional<LocalLoss> loss;

  Holdout(Optional<TrainingRows> rows, LinearShape shape, TrainerOptions options, Workers workers) {
    this.shape = shape;
    LossOptions plain = new LossOptions(0, List.of(), options.loss().distillation());
    this.loss = rows.map(r -> new LocalLoss(r, plain, options.precision(), workers));
  }

  /** The loss at a point; over no rows without a holdout. */
  LossSum sum(double[] point) {
    return loss.isPresent() ? loss.get().sum(point) : LossSum.zero(shape);
  }
}
