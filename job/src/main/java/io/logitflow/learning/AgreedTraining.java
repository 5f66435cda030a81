package io.logitflow.learning;

import io.logitflow.learning.rounds.RoundProgram;
import io.logitflow.learning.rounds.Shards;
import io.logitflow.learning.rounds.Step;
import io.logitflow.learning.rounds.TrainingProgress;
import java.util.function.Consumer;

/**
 * Has all shards agree on the terms of a training before it begins. Every subtask always offers its
 * shard, and whether there is to be a training is asked here: so none waits for another one that
 * knows better.
 */
final class AgreedTraining implements RoundProgram {

  /** The result if a shard says that there is to be no training. */
  static final double[] NOT_TRAINED = {};

  private static final long serialVersionUID = 1L;

  private final RoundProgram training;

  AgreedTraining(RoundProgram training) {
    this.training = training;
  }

  @Override
  public double[] train(
      Shards shards, TrainingProgress reached, Consumer<TrainingProgress> progress)
      throws InterruptedException {
    double[] terms = null;
    for (double[] proposal : shards.ask(Step.PROPOSE, new double[0])) {
      if (proposal.length == 0) {
        continue;
      }
      if (!TrainingTerms.isTraining(proposal)) {
        return NOT_TRAINED;
      }
      terms = proposal;
    }
    if (terms == null) {
      throw new IllegalStateException(
          "no shard proposes what to train in %s, subtask %d should"
              .formatted(reached, ShardDivision.LEADER));
    }
    var unused = shards.ask(Step.AGREE, terms);
    return training.train(shards, reached, progress);
  }
}
