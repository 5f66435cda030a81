package io.logitflow.training;

import java.util.function.BooleanSupplier;

/** Epochs of mini-batches, until they are done or the holdout says that more do harm. */
final class EpochLoop {

  private final MiniBatchOptions solver;
  private final MiniBatches batches;

  EpochLoop(MiniBatchOptions solver, MiniBatches batches) {
    this.solver = solver;
    this.batches = batches;
  }

  /**
   * Runs them.
   *
   * @param point that the batches change
   */
  void run(double[] point, Course course, BooleanSupplier cancelled) {
    double[] best = point.clone();
    double least = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (int epoch = 1; epoch <= solver.epochs(); epoch++) {
      double loss = 0;
      double weight = 0;
      do {
        if (Thread.currentThread().isInterrupted() || cancelled.getAsBoolean()) {
          course.end(point, StopReason.CANCELLED);
          return;
        }
        LossSum sum = batches.step();
        loss += sum.loss();
        weight += sum.weight();
      } while (!batches.atEndOfEpoch());
      if (!Double.isFinite(loss) || !Double.isFinite(Vectors.size(point))) {
        course.end(point, StopReason.DIVERGED);
        return;
      }
      Progress progress = course.step(loss / weight, point.clone());
      if (solver.patience() > 0) {
        worse++;
        if (progress.holdoutLoss() < least) {
          least = progress.holdoutLoss();
          best = point.clone();
          worse = 0;
        }
        if (worse == solver.patience()) {
          course.end(best, StopReason.HOLDOUT);
          return;
        }
      }
    }
    course.end(solver.patience() > 0 ? best : point, StopReason.EPOCHS);
  }
}
