package io.logitflow.training;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import java.util.Optional;

/** Where training begins. */
public sealed interface Start {

  /** The parameters to begin with. */
  double[] point(LinearShape shape, Optional<Normaliser> normaliser);

  /**
   * Drawn parameters.
   *
   * @param initialisation their distribution
   * @param seed of the draw
   */
  record Drawn(Initialisation initialisation, long seed) implements Start {
    @Override
    public double[] point(LinearShape shape, Optional<Normaliser> normaliser) {
      return initialisation.point(shape, seed);
    }
  }

  /**
   * Parameters that training had got to.
   *
   * @param point laid out as {@link LinearShape} says, for features as training standardises them
   */
  record Resumed(double[] point) implements Start {
    @Override
    public double[] point(LinearShape shape, Optional<Normaliser> normaliser) {
      shape.check(point);
      return point.clone();
    }
  }

  /**
   * The parameters of another model, which may have been standardised differently.
   *
   * @param model one affine map from features to classes; its calibration does not count
   */
  record Warm(Model model) implements Start {
    @Override
    public double[] point(LinearShape shape, Optional<Normaliser> normaliser) {
      LinearView view = view();
      if (view.classCount() != shape.classes() || view.featureCount() != shape.features()) {
        throw new IllegalArgumentException(
            "model %s has %d features and %d classes, expected %d and %d to start from it"
                .formatted(
                    model,
                    view.featureCount(),
                    view.classCount(),
                    shape.features(),
                    shape.classes()));
      }
      double[] point = new double[shape.size()];
      double[] mean = normaliser.map(n -> n.mean().toDoubles()).orElse(null);
      double[] scale = normaliser.map(n -> n.scale().toDoubles()).orElse(null);
      for (int k = 0; k < shape.classes(); k++) {
        double[] weights = view.weights(k);
        double bias = view.bias(k);
        for (int i = 0; i < weights.length; i++) {
          point[k * weights.length + i] = scale == null ? weights[i] : weights[i] * scale[i];
          bias += mean == null ? 0 : weights[i] * mean[i];
        }
        point[shape.weights() + k] = bias;
      }
      return point;
    }

    private LinearView view() {
      try {
        return LinearView.of(model);
      } catch (InvalidModelException e) {
        throw new IllegalArgumentException(
            "training cannot start from model %s: %s".formatted(model, e.getMessage()), e);
      }
    }
  }
}
