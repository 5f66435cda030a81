package io.logitflow.learning.rounds;

import java.io.Serializable;
import java.util.function.Consumer;

/** What the coordinator does in a training: it asks shards until it has a result. */
@FunctionalInterface
public interface RoundProgram extends Serializable {

  /**
   * Trains. Called on a thread of its own, which is interrupted when the training is to stop.
   *
   * @param shards what is trained with
   * @param reached what an attempt at the same training before a failure had reached, else {@link
   *     TrainingProgress#begun}
   * @param progress told after each iteration; what it was told last is where the next attempt
   *     starts
   * @return the result, which goes to every shard
   * @throws InterruptedException when the training was stopped
   */
  double[] train(Shards shards, TrainingProgress reached, Consumer<TrainingProgress> progress)
      throws InterruptedException;
}
