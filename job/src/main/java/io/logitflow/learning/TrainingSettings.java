package io.logitflow.learning;

import io.logitflow.config.DistillationConfig;
import io.logitflow.config.PublishingConfig;
import io.logitflow.config.SampleConfig;
import io.logitflow.config.TriggerConfig;
import io.logitflow.connector.ModelTopic;
import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.SampleLimits;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the operators of the training job need to know.
 *
 * @param model name of the model
 * @param classNames names of the classes; empty: those of the model, or of the labels
 * @param featuresTopic topic of the features
 * @param labelsTopic topic of the labels
 * @param maturity how long after its event time a record waits for labels
 * @param bounded whether the input ends, and with it comes the only training
 * @param triggers when to train otherwise
 * @param sample what to train with
 * @param publishing what becomes of a trained model
 * @param distillation whose probabilities are learned beside the labels
 * @param trainer what trains in one subtask
 * @param sharded how several subtasks train together
 * @param models where versions and aliases are
 */
public record TrainingSettings(
    String model,
    List<String> classNames,
    String featuresTopic,
    String labelsTopic,
    Duration maturity,
    boolean bounded,
    TriggerConfig triggers,
    SampleConfig sample,
    PublishingConfig publishing,
    DistillationConfig distillation,
    ModelTrainer.Factory trainer,
    ShardedTrainer sharded,
    ModelTopic.Factory models)
    implements Serializable {

  /** The job, in records and in what it changes. */
  static final String JOB = "training";

  /** Which subtask of the training gets which rows. */
  ShardDivision division() {
    return new ShardDivision(sharded.parallelism(), new HeldOut(sample.holdout()));
  }

  /** How much the sample holds. */
  SampleLimits limits() {
    return new SampleLimits(sample.size(), sample.recent(), sample.classFloor(), sample.memory());
  }
}
