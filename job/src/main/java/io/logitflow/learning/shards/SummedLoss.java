package io.logitflow.learning.shards;

import io.logitflow.learning.rounds.Shards;
import io.logitflow.learning.rounds.Step;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossSum;
import io.logitflow.training.RowLoss;
import java.util.concurrent.CancellationException;

/** The loss over the rows of all shards: each sum is a round. */
final class SummedLoss implements RowLoss {

  private final Shards shards;
  private final LinearShape shape;

  SummedLoss(Shards shards, LinearShape shape) {
    this.shards = shards;
    this.shape = shape;
  }

  @Override
  public LinearShape shape() {
    return shape;
  }

  /**
   * Asks all shards.
   *
   * @throws CancellationException when the training was stopped; the thread is interrupted again
   */
  @Override
  public LossSum sum(double[] point) {
    try {
      return Sums.add(shards.ask(Step.LOSS, point), shape);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped while shards were asked for their loss");
    }
  }
}
