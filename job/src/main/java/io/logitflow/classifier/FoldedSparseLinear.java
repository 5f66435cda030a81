package io.logitflow.classifier;

import io.logitflow.classifier.kernel.CsrWeights;
import java.util.Arrays;

/**
 * A linear step whose weights are in compressed rows (CSR), columns ascending within a row. The
 * arrays are not to be changed.
 */
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

  /** The weights as kernels take them. */
  CsrWeights weights() {
    return new CsrWeights(inputs, rowStarts, columns, values);
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

  @Override
  public double[] apply(SparseRow row) {
    double[] output = bias.clone();
    for (int k = 0; k < output.length; k++) {
      for (int i = 0; i < row.indices().length; i++) {
        int at = Arrays.binarySearch(columns, rowStarts[k], rowStarts[k + 1], row.indices()[i]);
        output[k] += at < 0 ? 0 : values[at] * row.values()[i];
      }
    }
    return output;
  }
}
