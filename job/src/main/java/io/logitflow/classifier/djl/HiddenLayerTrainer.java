package io.logitflow.classifier.djl;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.output.Softmax;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.NetworkTrainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingReport;
import io.logitflow.training.TrainingResult;
import io.logitflow.training.TrainingRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains networks with hidden layers into models of our own layers, which our kernels score. */
public final class HiddenLayerTrainer {

  private final HiddenLayers network;
  private final TrainerOptions options;

  /**
   * A trainer.
   *
   * @param options with mini-batches; precision does not count, it is float32
   */
  public HiddenLayerTrainer(HiddenLayers network, TrainerOptions options) {
    this.network = network;
    this.options = options;
  }

  /**
   * A network that is trained.
   *
   * @param network its shape
   * @param options it was trained with
   * @param trained parameters and report
   */
  public record TrainedNetwork(
      HiddenLayers network, TrainerOptions options, NetworkTrainer.Trained trained)
      implements TrainingResult {

    @Override
    public TrainingReport report() {
      return trained.report();
    }

    @Override
    public Model toModel(ModelIdentity identity, List<float[]> sampleRows)
        throws InvalidModelException {
      Map<String, String> details = new HashMap<>(options.toDetails());
      details.putAll(trained.report().toDetails());
      details.put("precision", "float32");
      details.put("autograd", "PyTorch through DJL");
      return identity.model(
          network.toLayers(trained.point()),
          trained.normaliser(),
          new Softmax(),
          details,
          sampleRows);
    }
  }

  /**
   * Trains, on the calling thread.
   *
   * @param start a model to begin at, of the shape of the network; empty for a drawn start
   * @throws InvalidModelException if PyTorch is not there or does not start; it says what to add
   * @throws IllegalArgumentException if rows, holdout, network and options do not fit each other
   */
  public TrainedNetwork train(
      TrainingRows rows,
      Optional<TrainingRows> holdout,
      Optional<Model> start,
      TrainingListener listener,
      BooleanSupplier cancelled)
      throws InvalidModelException {
    if (rows.features() != network.width(0) || rows.classes() != network.width(network.layers())) {
      throw new IllegalArgumentException(
          "rows of %d features and %d classes, but the network has widths %s"
              .formatted(rows.features(), rows.classes(), network.widths()));
    }
    if (start.isPresent() && !network.isShapeOf(start.get())) {
      throw new IllegalArgumentException(
          "model %s is %s, expected layers of widths %s with %s between them to start from it"
              .formatted(
                  start.get(), start.get().architecture(), network.widths(), network.activation()));
    }
    try (AutogradLoss loss = new AutogradLoss(network)) {
      return new TrainedNetwork(
          network,
          options,
          new NetworkTrainer(options, loss)
              .train(rows, holdout, normaliser -> start(start, normaliser), listener, cancelled));
    }
  }

  private double[] start(Optional<Model> model, Optional<Normaliser> normaliser) {
    return model
        .map(at -> network.point(at, normaliser))
        .orElseGet(() -> network.point(options.initialisation(), options.seed()));
  }
}
