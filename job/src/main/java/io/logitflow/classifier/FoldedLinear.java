package io.logitflow.classifier;

import java.util.Optional;

/** A linear step with all its weights: {@code y = W x + b}. The arrays are not to be changed. */
record FoldedLinear(double[] weight, double[] bias, int outputs, int inputs) implements FoldedStep {

  /** Multiplying layers may not make a model this much larger than it came. */
  private static final int MAX_WEIGHTS = 1 << 28;

  /**
   * A model as one affine map of its raw features: normaliser and layers multiplied.
   *
   * @throws InvalidModelException if there is something between its layers that is not linear
   */
  static FoldedLinear of(Model model) throws InvalidModelException {
    return FoldedNetwork.of(model).asLinear();
  }

  static FoldedLinear of(Tensor weight, Optional<Tensor> bias) {
    return new FoldedLinear(
        weight.toDoubles(),
        bias.map(Tensor::toDoubles).orElse(new double[weight.length(0)]),
        weight.length(0),
        weight.length(1));
  }

  static void checkSize(int outputs, int inputs) throws InvalidModelException {
    if ((long) outputs * inputs > MAX_WEIGHTS) {
      throw new InvalidModelException(
          "the layers make a matrix of %d by %d, expected at most %d weights"
              .formatted(outputs, inputs, MAX_WEIGHTS));
    }
  }

  /** This map after a scale: {@code W diag(factor) x + (W offset + b)}. */
  FoldedLinear after(FoldedScale scale) {
    double[] newWeight = new double[weight.length];
    double[] newBias = bias.clone();
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        newWeight[k * inputs + i] = weight[k * inputs + i] * scale.factor(i);
        newBias[k] += weight[k * inputs + i] * scale.offset(i);
      }
    }
    return new FoldedLinear(newWeight, newBias, outputs, inputs);
  }

  /** A scale after this map: {@code diag(factor) W x + (diag(factor) b + offset)}. */
  FoldedLinear then(FoldedScale scale) {
    double[] newWeight = new double[weight.length];
    double[] newBias = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      newBias[k] = bias[k] * scale.factor(k) + scale.offset(k);
      for (int i = 0; i < inputs; i++) {
        newWeight[k * inputs + i] = weight[k * inputs + i] * scale.factor(k);
      }
    }
    return new FoldedLinear(newWeight, newBias, outputs, inputs);
  }

  /** Whether the product with the map before it has no more weights than the two. */
  boolean isCheaperMultipliedWith(FoldedLinear first) {
    long product = (long) outputs * first.inputs;
    return product <= (long) outputs * inputs + (long) first.outputs * first.inputs;
  }

  /** This map after another one. */
  FoldedLinear after(FoldedLinear first) throws InvalidModelException {
    checkSize(outputs, first.inputs);
    double[] newWeight = new double[outputs * first.inputs];
    double[] newBias = bias.clone();
    for (int k = 0; k < outputs; k++) {
      for (int h = 0; h < inputs; h++) {
        double factor = weight[k * inputs + h];
        newBias[k] += factor * first.bias[h];
        for (int i = 0; i < first.inputs; i++) {
          newWeight[k * first.inputs + i] += factor * first.weight[h * first.inputs + i];
        }
      }
    }
    return new FoldedLinear(newWeight, newBias, outputs, first.inputs);
  }

  @Override
  public double[] apply(double[] input) {
    double[] output = bias.clone();
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        output[k] += weight[k * inputs + i] * input[i];
      }
    }
    return output;
  }

  @Override
  public double[] apply(SparseRow row) {
    double[] output = bias.clone();
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < row.indices().length; i++) {
        output[k] += weight[k * inputs + row.indices()[i]] * row.values()[i];
      }
    }
    return output;
  }

  /** The weights as products with sparse rows take them, {@code [inputs, outputs]}. */
  float[] transposed() {
    float[] transposed = new float[weight.length];
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        transposed[i * outputs + k] = (float) weight[k * inputs + i];
      }
    }
    return transposed;
  }
}
