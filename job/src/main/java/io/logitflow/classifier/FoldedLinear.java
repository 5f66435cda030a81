package io.logitflow.classifier;

/**
 * Normaliser and layers of a model as one linear map of the raw features, in float64: {@code W' =
 * W_n ... W_1 diag(1 / scale)}, {@code b' = b - W' mean}. One product per row is then all that is
 * left of them.
 */
final class FoldedLinear {

  /** Folding may not make a model this much larger than it came. */
  private static final int MAX_WEIGHTS = 1 << 28;

  private final double[] weight;
  private final double[] bias;
  private final int outputs;
  private final int inputs;

  private FoldedLinear(double[] weight, double[] bias, int outputs, int inputs) {
    this.weight = weight;
    this.bias = bias;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  static FoldedLinear of(Model model) throws InvalidModelException {
    FoldedLinear folded = of(model.layers().get(0));
    if (model.normaliser().isPresent()) {
      folded = folded.after(model.normaliser().get());
    }
    for (LinearLayer layer : model.layers().subList(1, model.layers().size())) {
      folded = of(layer).after(folded);
    }
    folded.checkFloat32();
    return folded;
  }

  /** W', {@code [outputs, inputs]}, row-major; not to be changed. */
  double[] weight() {
    return weight;
  }

  /** b', {@code [outputs]}; not to be changed. */
  double[] bias() {
    return bias;
  }

  int outputs() {
    return outputs;
  }

  int inputs() {
    return inputs;
  }

  private static FoldedLinear of(LinearLayer layer) {
    return new FoldedLinear(
        layer.weight().toDoubles(),
        layer.bias().map(Tensor::toDoubles).orElse(new double[layer.outputs()]),
        layer.outputs(),
        layer.inputs());
  }

  private FoldedLinear after(Normaliser normaliser) {
    double[] mean = normaliser.mean().toDoubles();
    double[] scale = normaliser.scale().toDoubles();
    double[] newWeight = new double[weight.length];
    double[] newBias = bias.clone();
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        newWeight[k * inputs + i] = weight[k * inputs + i] / scale[i];
        newBias[k] -= newWeight[k * inputs + i] * mean[i];
      }
    }
    return new FoldedLinear(newWeight, newBias, outputs, inputs);
  }

  private FoldedLinear after(FoldedLinear first) throws InvalidModelException {
    if ((long) outputs * first.inputs > MAX_WEIGHTS) {
      throw new InvalidModelException(
          "the layers make a matrix of %d by %d, expected at most %d weights"
              .formatted(outputs, first.inputs, MAX_WEIGHTS));
    }
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

  private void checkFloat32() throws InvalidModelException {
    for (int k = 0; k < outputs; k++) {
      checkFloat32("bias of class " + k, bias[k]);
      for (int i = 0; i < inputs; i++) {
        double value = weight[k * inputs + i];
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
          checkFloat32("weight of class " + k + " and feature " + i, value);
        }
      }
    }
  }

  private static void checkFloat32(String what, double value) throws InvalidModelException {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new InvalidModelException(
          "%s is %s once normaliser and layers are multiplied, expected at most %s in magnitude"
              .formatted(what, value, Float.MAX_VALUE));
    }
  }
}
