package io.logitflow.learning;

import io.logitflow.config.ClassWeights;
import io.logitflow.config.DistillationConfig;
import io.logitflow.config.HiddenLayersConfig;
import io.logitflow.config.KafkaConfig;
import io.logitflow.config.PublishMode;
import io.logitflow.config.PublishingConfig;
import io.logitflow.config.SampleConfig;
import io.logitflow.config.TrainerChoice;
import io.logitflow.config.TrainerConfig;
import io.logitflow.config.TriggerConfig;
import io.logitflow.connector.ModelTopic;
import io.logitflow.training.Initialisation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings of operators that are tested without a broker. */
final class TestingSettings {

  static final Duration MATURITY = Duration.ofMillis(100);

  private TestingSettings() {}

  static TrainingSettings of(boolean bounded, TriggerConfig triggers, SampleConfig sample) {
    return of(bounded, triggers, sample, 1);
  }

  /** With a number of subtasks that train. */
  static TrainingSettings of(
      boolean bounded, TriggerConfig triggers, SampleConfig sample, int parallelism) {
    return of(bounded, triggers, sample, trainer(HiddenLayersConfig.NONE, parallelism));
  }

  /** With hidden layers. */
  static TrainingSettings of(HiddenLayersConfig hidden) {
    return of(true, triggers(), sample(), trainer(hidden, 1));
  }

  private static TrainingSettings of(
      boolean bounded, TriggerConfig triggers, SampleConfig sample, TrainerConfig trainer) {
    return new TrainingSettings(
        "m",
        List.of("a", "b"),
        "features",
        "labels",
        MATURITY,
        bounded,
        triggers,
        sample,
        new PublishingConfig(PublishMode.CHALLENGER, 0, false, false),
        trainer.distillation(),
        ConfiguredTrainer.of(trainer),
        new ShardedTrainer(trainer),
        ModelTopic.of(new KafkaConfig("localhost:1", Map.of(), Map.of()), "models"));
  }

  private static TrainerConfig trainer(HiddenLayersConfig hidden, int parallelism) {
    return new TrainerConfig(
        hidden.isLinear() ? TrainerChoice.LBFGS : TrainerChoice.ADAM,
        hidden,
        DistillationConfig.NONE,
        hidden.isLinear() ? Initialisation.ZERO : Initialisation.KAIMING,
        1,
        0,
        10,
        0.1,
        0,
        16,
        0,
        0,
        ClassWeights.NONE,
        true,
        true,
        0,
        1,
        parallelism);
  }

  static TriggerConfig triggers() {
    return new TriggerConfig(Duration.ofMillis(1_000), 5, true, Duration.ofMillis(200), 2);
  }

  static SampleConfig sample() {
    return new SampleConfig(20, 6, 3, 1 << 20, 0.25);
  }
}
