package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.config.ClassWeights;
import io.logitflow.config.TrainerConfig;
import io.logitflow.training.Initialisation;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossOptions;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.Precision;
import io.logitflow.training.Solver;
import io.logitflow.training.Start;
import io.logitflow.training.StepRule;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.Trainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer of a linear model that the options of the job ask for. */
public final class ConfiguredTrainer implements ModelTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTrainer.class);

  private final TrainerConfig config;

  private ConfiguredTrainer(TrainerConfig config) {
    this.config = config;
  }

  /** Makes trainers of a configuration. */
  public static Factory of(TrainerConfig config) {
    return new ConfiguredFactory(config);
  }

  private record ConfiguredFactory(TrainerConfig config) implements Factory {

    @Override
    public ModelTrainer create() {
      return new ConfiguredTrainer(config);
    }

    @Override
    public String describe() {
      return config.toString();
    }
  }

  @Override
  public TrainedWeights train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    TrainerOptions options = options(rows, holdout.isPresent());
    try (Workers workers =
        config.threads() == 0 ? Workers.ofAllCores() : new Workers(config.threads())) {
      return new Trainer(options, workers)
          .train(
              rows, holdout, start(config, options, rows.shape(), champion), listener, cancelled);
    }
  }

  private TrainerOptions options(TrainingRows rows, boolean holdout) {
    List<Double> classWeights =
        config.classWeights() == ClassWeights.BALANCED
            ? LossOptions.balancedClassWeights(rows)
            : List.of();
    return options(config, classWeights, holdout);
  }

  /** The options of a training with weights of classes, and with rows to stop by or without. */
  static TrainerOptions options(TrainerConfig config, List<Double> classWeights, boolean holdout) {
    return new TrainerOptions(
        solver(config, holdout),
        config.l2(),
        config.l1(),
        new LossOptions(config.labelSmoothing(), classWeights, Optional.empty()),
        Initialisation.ZERO,
        config.seed(),
        config.standardise(),
        Precision.FLOAT32);
  }

  private static Solver solver(TrainerConfig config, boolean holdout) {
    LbfgsOptions lbfgs = LbfgsOptions.DEFAULTS;
    return switch (config.choice()) {
      case LBFGS, OWLQN ->
          new LbfgsOptions(
              lbfgs.history(),
              config.iterations(),
              lbfgs.gradientTolerance(),
              lbfgs.decreaseTolerance());
      case SGD ->
          batches(config, new StepRule.Sgd(config.learningRate(), config.momentum()), holdout);
      case ADAM -> batches(config, StepRule.Adam.of(config.learningRate()), holdout);
    };
  }

  private static Solver batches(TrainerConfig config, StepRule rule, boolean holdout) {
    return new MiniBatchOptions(
        rule, config.batchSize(), config.iterations(), true, holdout ? config.patience() : 0);
  }

  /** At the champion, if it is a model of the same kind. */
  static Start start(
      TrainerConfig config, TrainerOptions options, LinearShape shape, Optional<Model> champion) {
    Start drawn = new Start.Drawn(options.initialisation(), options.seed());
    if (!config.warmStart() || champion.isEmpty()) {
      return drawn;
    }
    Model model = champion.get();
    if (model.featureCount() != shape.features() || model.classCount() != shape.classes()) {
      return drawn;
    }
    try {
      var unused = LinearView.of(model);
      return new Start.Warm(model);
    } catch (InvalidModelException e) {
      LOG.info("Training does not begin at the champion {}: {}", model, e.getMessage());
      return drawn;
    }
  }
}
