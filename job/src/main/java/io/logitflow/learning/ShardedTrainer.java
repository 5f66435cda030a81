package io.logitflow.learning;

import io.logitflow.classifier.Model;
import io.logitflow.config.ClassWeights;
import io.logitflow.config.TrainerConfig;
import io.logitflow.learning.rounds.RoundProgram;
import io.logitflow.learning.shards.ShardPlan;
import io.logitflow.learning.shards.ShardedTraining;
import io.logitflow.training.LinearShape;
import io.logitflow.training.Start;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.Workers;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What several subtasks do together that train a linear model, each on its shard of the rows.
 *
 * @param config what the options of the job ask for; with a solver that takes sums
 */
public record ShardedTrainer(TrainerConfig config) implements Serializable {

  /** Number of subtasks; 1 if rows stay together. */
  public int parallelism() {
    return config.parallelism();
  }

  /** What the coordinator does. */
  RoundProgram program() {
    return new AgreedTraining(new ShardedTraining(this::plan));
  }

  /** How shards are trained on. */
  ShardPlan plan() {
    return new ShardPlan(
        ConfiguredTrainer.options(config, List.of(), true),
        config.classWeights() == ClassWeights.BALANCED);
  }

  /** Every option as the provenance of a model that was trained with these rows keeps it. */
  TrainerOptions options(TrainingData data) {
    ShardPlan plan = plan();
    return plan.trainer()
        .withLoss(plan.loss(plan.balanced() ? data.balancedClassWeights() : List.of()));
  }

  /** Where training begins. */
  Start start(LinearShape shape, Optional<Model> champion) {
    return ConfiguredTrainer.start(config, plan().trainer(), shape, champion);
  }

  /** Threads of a subtask. */
  Workers workers() {
    return config.threads() == 0 ? Workers.ofAllCores() : new Workers(config.threads());
  }
}
