package io.logitflow.classifier.kernel.vector;

import io.logitflow.classifier.kernel.LinearKernel;

/** A matrix with fewer rows and columns than a vector has lanes: plain loops. */
final class SmallLinearKernel implements LinearKernel {

  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;

  SmallLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.weight = Packing.floats(weight);
    this.bias = Packing.floats(bias);
    this.outputs = outputs;
    this.inputs = inputs;
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        float sum = bias[k];
        for (int i = 0; i < inputs; i++) {
          sum += weight[k * inputs + i] * input[row * inputs + i];
        }
        output[row * outputs + k] = sum;
      }
    }
  }
}
