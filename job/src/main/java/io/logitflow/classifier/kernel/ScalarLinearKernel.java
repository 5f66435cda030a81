package io.logitflow.classifier.kernel;

/** The matrix product as it is defined. */
final class ScalarLinearKernel implements LinearKernel {

  private final double[] weight;
  private final double[] bias;
  private final int outputs;
  private final int inputs;

  ScalarLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.weight = weight;
    this.bias = bias;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        output[row * outputs + k] = (float) (bias[k] + dot(input, row * inputs, k * inputs));
      }
    }
  }

  /** Four sums, because one would wait for its own last addition. */
  private double dot(float[] input, int inputFrom, int weightFrom) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= inputs; i += 4) {
      sum0 += weight[weightFrom + i] * input[inputFrom + i];
      sum1 += weight[weightFrom + i + 1] * input[inputFrom + i + 1];
      sum2 += weight[weightFrom + i + 2] * input[inputFrom + i + 2];
      sum3 += weight[weightFrom + i + 3] * input[inputFrom + i + 3];
    }
    for (; i < inputs; i++) {
      sum0 += weight[weightFrom + i] * input[inputFrom + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
