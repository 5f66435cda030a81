package io.logitflow.learning.shards;

import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LossOptions;
import io.logitflow.training.TrainerOptions;
import java.util.List;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * How to train on shards.
 *
 * @param trainer options of the trainer; their solver is L-BFGS
 * @param balanced whether classes are weighted so that all count alike, by the rows of all shards
 */
public record ShardPlan(TrainerOptions trainer, boolean balanced) {

  /** Makes the plan where it is needed: options do not travel. */
  public interface Factory extends SerializableSupplier<ShardPlan> {}

  /** Checks the solver. */
  public ShardPlan {
    if (!(trainer.solver() instanceof LbfgsOptions)) {
      throw new IllegalArgumentException(
          "solver %s on shards, expected lbfgs or owlqn: steps of mini-batches follow one another, they cannot be summed over shards"
              .formatted(trainer.solver().toDetails().get("solver")));
    }
  }

  LbfgsOptions lbfgs() {
    return (LbfgsOptions) trainer.solver();
  }

  /** The loss with weights of classes; of length 0 for those of the options. */
  public LossOptions loss(List<Double> classWeights) {
    LossOptions loss = trainer.loss();
    return classWeights.isEmpty()
        ? loss
        : new LossOptions(loss.labelSmoothing(), classWeights, loss.distillation());
  }

  /** Rows that were held out judge without smoothing and class weights. */
  LossOptions heldOutLoss() {
    return new LossOptions(0, List.of(), trainer.loss().distillation());
  }
}
