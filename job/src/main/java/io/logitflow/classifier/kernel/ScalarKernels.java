package io.logitflow.classifier.kernel;

import java.util.Arrays;

/** Plain loops with float64 sums: what the other kernels are measured against. */
final class ScalarKernels implements Kernels {

  @Override
  public String description() {
    return "scalar, float64 sums";
  }

  @Override
  public boolean allFinite(float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public LinearKernel linear(double[] weight, double[] bias, int outputs, int inputs) {
    return new ScalarLinearKernel(weight, bias, outputs, inputs);
  }

  @Override
  public LinearKernel sparseLinear(CsrWeights weight, double[] bias) {
    return new ScalarSparseLinearKernel(weight, bias);
  }

  @Override
  public SparseInputKernel sparseInput(float[] weight, double[] bias, int outputs, int inputs) {
    return new ScalarSparseInputKernel(weight, bias);
  }

  @Override
  public void gradient(
      float[] errors, float[] input, int rows, int outputs, int inputs, float[] product) {
    double[] sums = new double[inputs];
    for (int k = 0; k < outputs; k++) {
      Arrays.fill(sums, 0);
      for (int row = 0; row < rows; row++) {
        double error = errors[row * outputs + k];
        for (int i = 0; i < inputs; i++) {
          sums[i] += error * input[row * inputs + i];
        }
      }
      for (int i = 0; i < inputs; i++) {
        product[k * inputs + i] = (float) sums[i];
      }
    }
  }

  @Override
  public void softmax(float[] values, int rows, int classes, double temperature) {
    for (int row = 0; row < rows; row++) {
      softmaxRow(values, row * classes, classes, temperature);
    }
  }

  private static void softmaxRow(float[] values, int from, int classes, double temperature) {
    double max = values[from + Argmax.argmax(values, from, classes)];
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp((values[i] - max) / temperature);
    }
    for (int i = from; i < from + classes; i++) {
      values[i] = (float) (Math.exp((values[i] - max) / temperature) / sum);
    }
  }

  @Override
  public void relu(float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (values[i] < 0) {
        values[i] = 0;
      }
    }
  }

  @Override
  public void leakyRelu(float[] values, int from, int length, float slope) {
    for (int i = from; i < from + length; i++) {
      if (values[i] < 0) {
        values[i] *= slope;
      }
    }
  }

  @Override
  public void sigmoid(float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-values[i])));
    }
  }

  @Override
  public void tanh(float[] values, int from, int length) {
    for (int i = from; i < from + length; i++) {
      values[i] = (float) Math.tanh(values[i]);
    }
  }
}
