package io.logitflow.learning;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.djl.HiddenLayerTrainer;
import io.logitflow.classifier.djl.HiddenLayers;
import io.logitflow.config.HiddenActivation;
import io.logitflow.config.TrainerConfig;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingResult;
import io.logitflow.training.TrainingRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer of a network with the hidden layers that the options of the job ask for. */
final class ConfiguredNetworkTrainer implements ModelTrainer {

  /** That of PyTorch's LeakyReLU. */
  private static final double LEAKY_SLOPE = 0.01;

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredNetworkTrainer.class);

  private final TrainerConfig config;

  ConfiguredNetworkTrainer(TrainerConfig config) {
    this.config = config;
  }

  @Override
  public TrainingResult train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> champion,
      TrainingListener listener,
      BooleanSupplier cancelled)
      throws InvalidModelException {
    HiddenLayers network = network(rows);
    Optional<Model> start = start(network, champion);
    TrainerOptions options = ConfiguredTrainer.options(config, rows, holdout.isPresent());
    return new HiddenLayerTrainer(network, options)
        .train(rows, holdout, start, listener, cancelled)
        .withDetails(ConfiguredTrainer.startDetails(start));
  }

  private HiddenLayers network(TrainingRows rows) throws InvalidModelException {
    List<Integer> widths = new ArrayList<>();
    widths.add(rows.features());
    widths.addAll(config.hidden().units());
    widths.add(rows.classes());
    try {
      return new HiddenLayers(widths, activation(config.hidden().activation()));
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException("layers of widths " + widths + ": " + e.getMessage(), e);
    }
  }

  private static Activation activation(HiddenActivation activation) {
    return switch (activation) {
      case RELU -> Activation.RELU;
      case LEAKY_RELU -> Activation.leakyRelu(LEAKY_SLOPE);
      case SIGMOID -> Activation.SIGMOID;
      case TANH -> Activation.TANH;
    };
  }

  /** The champion, if it is such a network. */
  private Optional<Model> start(HiddenLayers network, Optional<Model> champion) {
    if (!config.warmStart() || champion.isEmpty()) {
      LOG.info("Training of layers of widths {} begins from scratch", network.widths());
      return Optional.empty();
    }
    if (!network.isShapeOf(champion.get())) {
      LOG.info(
          "Training of layers of widths {} with {} begins from scratch and not at the champion {}, "
              + "which is {}",
          network.widths(),
          network.activation(),
          champion.get(),
          champion.get().architecture());
      return Optional.empty();
    }
    LOG.info("Training begins at the champion {}", champion.get());
    return champion;
  }
}
