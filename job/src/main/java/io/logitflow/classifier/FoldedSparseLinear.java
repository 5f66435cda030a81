package io.logitflow.classifier;

/** A linear step whose weights are in compressed rows (CSR). The arrays are not to be changed. */
record FoldedSparseLinear(
    double[] values, int[] columns, int[] rowStarts, double[] bias, int inputs)
    implements FoldedStep {

  static FoldedSparseLinear of(SparseLinearLayer layer) {
    return new FoldedSparseLinear(
        layer.values().toDoubles(),
        layer.columns().toInts(),
        layer.rowStarts().toInts(),
        layer.bias().map(Tensor::toDoubles).orElse(new double[layer.outputs()]),
        layer.inputs());
  }

  @Override
  public int outputs() {
    return bias.length;
  }

  /** This map after a scale. */
  FoldedSparseLinear after(FoldedScale scale) {
    double[] newValues = values.clone();
    double[] newBias = bias.clone();
    for (int k = 0; k < bias.length; k++) {
      for (int i = rowStarts[k]; i < rowStarts[k + 1]; i++) {
        newValues[i] *= scale.factor(columns[i]);
        newBias[k] += values[i] * scale.offset(columns[i]);
      }
    }
    return new FoldedSparseLinear(newValues, columns, rowStarts, newBias, inputs);
  }

  /** A scale after this map. */
  FoldedSparseLinear then(FoldedScale scale) {
    double[] newValues = values.clone();
    double[] newBias = bias.clone();
    for (int k = 0; k < bias.length; k++) {
      newBias[k] = bias[k] * scale.factor(k) + scale.offset(k);
      for (int i = rowStarts[k]; i < rowStarts[k + 1]; i++) {
        newValues[i] *= scale.factor(k);
      }
    }
    return new FoldedSparseLinear(newValues, columns, rowStarts, newBias, inputs);
  }

  /** The same map with all its weights. */
  FoldedLinear toDense() throws InvalidModelException {
    FoldedLinear.checkSize(bias.length, inputs);
    double[] weight = new double[bias.length * inputs];
    for (int k = 0; k < bias.length; k++) {
      for (int i = rowStarts[k]; i < rowStarts[k + 1]; i++) {
        weight[k * inputs + columns[i]] = values[i];
      }
    }
    return new FoldedLinear(weight, bias, bias.length, inputs);
  }

  @Override
  public double[] apply(double[] input) {
    double[] output = bias.clone();
    for (int k = 0; k < output.length; k++) {
      for (int i = rowStarts[k]; i < rowStarts[k + 1]; i++) {
        output[k] += values[i] * input[columns[i]];
      }
    }
    return output;
  }
}
