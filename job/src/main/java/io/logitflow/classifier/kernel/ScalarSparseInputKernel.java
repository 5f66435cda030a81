package io.logitflow.classifier.kernel;

/** The product with sparse records as it is defined. */
final class ScalarSparseInputKernel implements SparseInputKernel {

  private final float[] weight;
  private final double[] bias;

  ScalarSparseInputKernel(float[] weight, double[] bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public void multiply(int[] starts, int[] indices, float[] values, int rows, float[] output) {
    int outputs = bias.length;
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        double sum = bias[k];
        for (int i = starts[row]; i < starts[row + 1]; i++) {
          sum += (double) weight[indices[i] * outputs + k] * values[i];
        }
        output[row * outputs + k] = (float) sum;
      }
    }
  }
}
