package io.logitflow.classifier.kernel;

/** The product with sparse weights as it is defined. */
final class ScalarSparseLinearKernel implements LinearKernel {

  private final CsrWeights weight;
  private final double[] bias;

  ScalarSparseLinearKernel(CsrWeights weight, double[] bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    int outputs = weight.outputs();
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        output[row * outputs + k] = (float) (bias[k] + dot(input, row * weight.inputs(), k));
      }
    }
  }

  private double dot(float[] input, int from, int k) {
    int[] starts = weight.starts();
    int[] columns = weight.columns();
    double[] values = weight.values();
    double sum = 0;
    for (int i = starts[k]; i < starts[k + 1]; i++) {
      sum += values[i] * input[from + columns[i]];
    }
    return sum;
  }
}
