package io.logitflow.classifier.kernel;

import java.util.Objects;

/** Checks the arguments, so that kernels need not. */
final class CheckedKernels implements Kernels {

  private final Kernels kernels;

  CheckedKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public String description() {
    return kernels.description();
  }

  @Override
  public boolean allFinite(float[] values, int from, int length) {
    Objects.checkFromIndexSize(from, length, values.length);
    return kernels.allFinite(values, from, length);
  }

  @Override
  public LinearKernel linear(double[] weight, double[] bias, int outputs, int inputs) {
    checkShape(weight.length, outputs, inputs);
    checkBiases(bias, outputs);
    return new CheckedLinearKernel(kernels.linear(weight, bias, outputs, inputs), outputs, inputs);
  }

  @Override
  public LinearKernel sparseLinear(CsrWeights weight, double[] bias) {
    checkBiases(bias, weight.outputs());
    return new CheckedLinearKernel(
        kernels.sparseLinear(weight, bias), weight.outputs(), weight.inputs());
  }

  @Override
  public SparseInputKernel sparseInput(float[] weight, double[] bias, int outputs, int inputs) {
    checkShape(weight.length, outputs, inputs);
    checkBiases(bias, outputs);
    return new CheckedSparseInputKernel(
        kernels.sparseInput(weight, bias, outputs, inputs), outputs, inputs);
  }

  @Override
  public SparseInputKernel sparseInput(CsrWeights weight, double[] bias) {
    checkBiases(bias, weight.outputs());
    return new CheckedSparseInputKernel(
        kernels.sparseInput(weight, bias), weight.outputs(), weight.inputs());
  }

  @Override
  public void gradient(
      float[] errors, float[] input, int rows, int outputs, int inputs, float[] product) {
    checkRows(errors, rows, outputs, "errors");
    checkRows(input, rows, inputs, "input");
    checkRows(product, outputs, inputs, "product");
    kernels.gradient(errors, input, rows, outputs, inputs, product);
  }

  @Override
  public void softmax(float[] values, int rows, int classes, double temperature) {
    checkRows(values, rows, classes, "values");
    if (!(temperature > 0 && (float) (1 / temperature) < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is %s, expected a number above 0 with a finite inverse"
              .formatted(temperature));
    }
    kernels.softmax(values, rows, classes, temperature);
  }

  @Override
  public void relu(float[] values, int from, int length) {
    Objects.checkFromIndexSize(from, length, values.length);
    kernels.relu(values, from, length);
  }

  @Override
  public void leakyRelu(float[] values, int from, int length, float slope) {
    Objects.checkFromIndexSize(from, length, values.length);
    kernels.leakyRelu(values, from, length, slope);
  }

  @Override
  public void sigmoid(float[] values, int from, int length) {
    Objects.checkFromIndexSize(from, length, values.length);
    kernels.sigmoid(values, from, length);
  }

  @Override
  public void tanh(float[] values, int from, int length) {
    Objects.checkFromIndexSize(from, length, values.length);
    kernels.tanh(values, from, length);
  }

  private static void checkShape(int weights, int outputs, int inputs) {
    if (outputs < 1 || inputs < 1 || (long) outputs * inputs != weights) {
      throw new IllegalArgumentException(
          "%d weights, expected outputs %d times inputs %d".formatted(weights, outputs, inputs));
    }
  }

  private static void checkBiases(double[] bias, int outputs) {
    if (bias.length != outputs) {
      throw new IllegalArgumentException(
          "%d biases, expected one for each of %d outputs".formatted(bias.length, outputs));
    }
  }

  private static void checkRows(float[] values, int rows, int columns, String name) {
    if (rows < 0 || (long) rows * columns > values.length) {
      throw new IndexOutOfBoundsException(
          "%s holds %d values, expected at least %d rows of %d"
              .formatted(name, values.length, rows, columns));
    }
  }

  private record CheckedLinearKernel(LinearKernel kernel, int outputs, int inputs)
      implements LinearKernel {
    @Override
    public void multiply(float[] input, int rows, float[] output) {
      checkRows(input, rows, inputs, "input");
      checkRows(output, rows, outputs, "output");
      kernel.multiply(input, rows, output);
    }
  }

  private record CheckedSparseInputKernel(SparseInputKernel kernel, int outputs, int inputs)
      implements SparseInputKernel {
    @Override
    public void multiply(int[] starts, int[] indices, float[] values, int rows, float[] output) {
      CsrChecks.check(starts, rows, indices, values.length, inputs);
      checkRows(output, rows, outputs, "output");
      kernel.multiply(starts, indices, values, rows, output);
    }
  }
}
