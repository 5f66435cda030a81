package io.logitflow.classifier;

import java.util.List;
import java.util.Optional;

/**
 * What a model means, computed in float64 straight from its definition: normaliser, then layer
 * after layer, then temperature and softmax. Golden rows are made with it, and it shares no code
 * with what scores.
 */
final class Float64Reference {

  private final Optional<double[]> mean;
  private final Optional<double[]> scale;
  private final List<Layer> layers;
  private final double temperature;

  private static final class Layer {
    final double[] weight;
    final double[] bias;
    final int inputs;

    Layer(LinearLayer layer) {
      this.weight = layer.weight().toDoubles();
      this.bias = layer.bias().map(Tensor::toDoubles).orElse(new double[layer.outputs()]);
      this.inputs = layer.inputs();
    }
  }

  Float64Reference(Model model) {
    this.mean = model.normaliser().map(normaliser -> normaliser.mean().toDoubles());
    this.scale = model.normaliser().map(normaliser -> normaliser.scale().toDoubles());
    this.layers = model.layers().stream().map(Layer::new).toList();
    this.temperature = model.calibration().temperature();
  }

  /** Logits of one row before calibration. */
  double[] logits(float[] features) {
    double[] values = new double[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = features[i];
      if (mean.isPresent()) {
        values[i] = (values[i] - mean.get()[i]) / scale.get()[i];
      }
    }
    for (Layer layer : layers) {
      double[] outputs = layer.bias.clone();
      for (int k = 0; k < outputs.length; k++) {
        for (int i = 0; i < layer.inputs; i++) {
          outputs[k] += layer.weight[k * layer.inputs + i] * values[i];
        }
      }
      values = outputs;
    }
    return values;
  }

  /** Probabilities of one row after calibration. */
  double[] probabilities(float[] features) {
    return softmax(logits(features), temperature);
  }

  /** {@code exp((z_k - max z) / T) / sum_j exp((z_j - max z) / T)}. */
  static double[] softmax(double[] logits, double temperature) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.exp((logits[k] - max) / temperature);
      sum += probabilities[k];
    }
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }
}
