package io.logitflow.classifier.kernel;

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
}
