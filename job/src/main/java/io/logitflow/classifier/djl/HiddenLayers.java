package io.logitflow.classifier.djl;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.training.Initialisation;
import io.logitflow.training.LinearShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network of linear layers with an activation between them, and where the parameters lie in one
 * array: the weights of each layer, {@code [outputs, inputs]} row-major, then the biases of each.
 *
 * @param widths features, then the width of each hidden layer, then classes
 * @param activation after each layer but the last
 */
public record HiddenLayers(List<Integer> widths, Activation activation) {

  /** Checks the widths. */
  public HiddenLayers {
    widths = List.copyOf(widths);
    long weights = 0;
    if (widths.size() < 3) {
      throw new IllegalArgumentException(
          "widths %s, expected features, at least one hidden layer, and classes".formatted(widths));
    }
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      weights += new LinearShape(widths.get(layer + 1), widths.get(layer)).size();
    }
    if (weights > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d parameters, expected at most %d".formatted(weights, Integer.MAX_VALUE - 8));
    }
  }

  int layers() {
    return widths.size() - 1;
  }

  int width(int index) {
    return widths.get(index);
  }

  private LinearShape shape(int layer) {
    return new LinearShape(width(layer + 1), width(layer));
  }

  int weights() {
    return weightFrom(layers());
  }

  int size() {
    return biasFrom(layers());
  }

  int weightFrom(int layer) {
    int from = 0;
    for (int before = 0; before < layer; before++) {
      from += shape(before).weights();
    }
    return from;
  }

  int biasFrom(int layer) {
    int from = weights();
    for (int before = 0; before < layer; before++) {
      from += width(before + 1);
    }
    return from;
  }

  /** Parameters of a start; each layer has a draw of its own. */
  double[] point(Initialisation initialisation, long seed) {
    double[] point = new double[size()];
    for (int layer = 0; layer < layers(); layer++) {
      double[] drawn = initialisation.point(shape(layer), seed + layer);
      System.arraycopy(drawn, 0, point, weightFrom(layer), shape(layer).weights());
    }
    return point;
  }

  /** Whether a model has the widths and activations of this network, and nothing beside them. */
  public boolean isShapeOf(Model model) {
    List<Layer> of = model.layers();
    if (model.artifact().isPresent() || of.size() != 2 * layers() - 1) {
      return false;
    }
    for (int i = 0; i < of.size(); i++) {
      boolean fits =
          i % 2 == 1
              ? of.get(i).equals(activation)
              : of.get(i) instanceof LinearLayer linear
                  && linear.inputs() == width(i / 2)
                  && linear.outputs() == width(i / 2 + 1);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * Parameters that yield the logits of a model, which may have been standardised differently; its
   * calibration does not count.
   *
   * @param model of this shape
   * @param normaliser standardisation that the parameters are for; empty for features as they are
   */
  double[] point(Model model, Optional<Normaliser> normaliser) {
    double[] point = new double[size()];
    for (int layer = 0; layer < layers(); layer++) {
      LinearLayer linear = (LinearLayer) model.layers().get(2 * layer);
      double[] weight = linear.weight().toDoubles();
      double[] bias = linear.bias().map(Tensor::toDoubles).orElse(new double[linear.outputs()]);
      if (layer == 0) {
        restandardise(weight, bias, model.normaliser(), normaliser);
      }
      System.arraycopy(weight, 0, point, weightFrom(layer), weight.length);
      System.arraycopy(bias, 0, point, biasFrom(layer), bias.length);
    }
    return point;
  }

  /**
   * Changes a layer for features that are standardised otherwise: with {@code x = scale x' + mean}
   * on both sides, {@code W diag(to / from) x' + W (mean_to - mean_from) / from + b}.
   */
  private void restandardise(
      double[] weight, double[] bias, Optional<Normaliser> from, Optional<Normaliser> to) {
    int inputs = width(0);
    double[] fromMean = from.map(n -> n.mean().toDoubles()).orElse(new double[inputs]);
    double[] toMean = to.map(n -> n.mean().toDoubles()).orElse(new double[inputs]);
    double[] fromScale = from.map(n -> n.scale().toDoubles()).orElseGet(() -> ones(inputs));
    double[] toScale = to.map(n -> n.scale().toDoubles()).orElseGet(() -> ones(inputs));
    for (int k = 0; k < bias.length; k++) {
      for (int i = 0; i < inputs; i++) {
        double raw = weight[k * inputs + i] / fromScale[i];
        bias[k] += raw * (toMean[i] - fromMean[i]);
        weight[k * inputs + i] = raw * toScale[i];
      }
    }
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The layers of a model, in float32. */
  List<Layer> toLayers(double[] point) {
    List<Layer> made = new ArrayList<>();
    for (int layer = 0; layer < layers(); layer++) {
      if (layer > 0) {
        made.add(activation);
      }
      made.add(
          LinearLayer.of(
              tensor(point, weightFrom(layer), width(layer + 1), width(layer)),
              tensor(point, biasFrom(layer), width(layer + 1))));
    }
    return made;
  }

  private static Tensor tensor(double[] point, int from, int... dimensions) {
    int length = 1;
    for (int dimension : dimensions) {
      length *= dimension;
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) point[from + i];
    }
    return Tensor.float32(values, dimensions);
  }
}
