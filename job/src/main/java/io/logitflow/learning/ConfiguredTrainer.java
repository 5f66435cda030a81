package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.djl.Autograd;
import io.logitflow.config.ClassWeights;
import io.logitflow.config.DistillationConfig;
import io.logitflow.config.TrainerConfig;
import io.logitflow.training.Distillation;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LinearShape;
import io.logitflow.training.LossOptions;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.Precision;
import io.logitflow.training.Solver;
import io.logitflow.training.Start;
import io.logitflow.training.StepRule;
import io.logitflow.training.Targets;
import io.logitflow.training.Trainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingResult;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer of a linear model that the options of the job ask for, or a network's. */
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
      return config.hidden().isLinear()
          ? new ConfiguredTrainer(config)
          : new ConfiguredNetworkTrainer(config);
    }

    @Override
    public Optional<String> lacking() {
      return config.hidden().isLinear() ? Optional.empty() : Autograd.start();
    }

    @Override
    public String describe() {
      return config.toString();
    }
  }

  @Override
  public TrainingResult train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    TrainerOptions options = options(config, rows, holdout.isPresent());
    Start start = start(config, options, rows.shape(), champion);
    try (Workers workers =
        config.threads() == 0 ? Workers.ofAllCores() : new Workers(config.threads())) {
      return new Trainer(options, workers)
          .train(rows, holdout, start, listener, cancelled)
          .withDetails(startDetails(champion.filter(model -> start instanceof Start.Warm)));
    }
  }

  /** Where a training began, as a provenance keeps it. */
  static Map<String, String> startDetails(Optional<Model> begunAt) {
    return Map.of(
        "start", begunAt.map(model -> "version " + model.version()).orElse("from scratch"));
  }

  /** The options of a training with these rows, and with rows to stop by or without. */
  static TrainerOptions options(TrainerConfig config, TrainingRows rows, boolean holdout) {
    List<Double> classWeights =
        config.classWeights() == ClassWeights.BALANCED
            ? LossOptions.balancedClassWeights(rows)
            : List.of();
    TrainerOptions options = options(config, classWeights, holdout);
    if (rows.targets() != Targets.TEACHER) {
      return options;
    }
    DistillationConfig distillation = config.distillation();
    return options.withLoss(
        new LossOptions(
            config.labelSmoothing(),
            classWeights,
            Optional.of(new Distillation(distillation.temperature(), distillation.share()))));
  }

  /** The options of a training with labels alone. */
  static TrainerOptions options(TrainerConfig config, List<Double> classWeights, boolean holdout) {
    return new TrainerOptions(
        solver(config, holdout),
        config.l2(),
        config.l1(),
        new LossOptions(config.labelSmoothing(), classWeights, Optional.empty()),
        config.initialisation(),
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
