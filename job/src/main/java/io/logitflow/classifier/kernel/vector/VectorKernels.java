package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;
import static jdk.incubator.vector.VectorOperators.ADD;

import io.logitflow.classifier.kernel.CsrWeights;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;
import io.logitflow.classifier.kernel.SparseInputKernel;
import jdk.incubator.vector.FloatVector;

/** Kernels on the Vector API, in float32. */
public final class VectorKernels implements Kernels {

  /**
   * Summing the lanes of a vector costs about this many multiply-adds; it decides which way of
   * multiplying is cheaper.
   */
  private static final int LANE_SUM_COST = 8;

  /** For the lookup by name. */
  public VectorKernels() {}

  @Override
  public String description() {
    return "Vector API, " + FLOAT.vectorBitSize() + " bits";
  }

  /** {@code x * 0} is 0 for finite x and NaN otherwise, and a NaN stays in a sum. */
  @Override
  public boolean allFinite(float[] values, int from, int length) {
    if (length < LANES) {
      return allFiniteFew(values, from, length);
    }
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector sum0 = zero;
    FloatVector sum1 = zero;
    FloatVector sum2 = zero;
    FloatVector sum3 = zero;
    int end = from + length;
    int i = from;
    for (; i <= end - 4 * LANES; i += 4 * LANES) {
      sum0 = FloatVector.fromArray(FLOAT, values, i).fma(zero, sum0);
      sum1 = FloatVector.fromArray(FLOAT, values, i + LANES).fma(zero, sum1);
      sum2 = FloatVector.fromArray(FLOAT, values, i + 2 * LANES).fma(zero, sum2);
      sum3 = FloatVector.fromArray(FLOAT, values, i + 3 * LANES).fma(zero, sum3);
    }
    for (; i <= end - LANES; i += LANES) {
      sum0 = FloatVector.fromArray(FLOAT, values, i).fma(zero, sum0);
    }
    sum1 = FloatVector.fromArray(FLOAT, values, end - LANES).fma(zero, sum1);
    return sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(ADD) == 0f;
  }

  private static boolean allFiniteFew(float[] values, int from, int length) {
    float sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += values[i] * 0f;
    }
    return sum == 0f;
  }

  @Override
  public LinearKernel linear(double[] weight, double[] bias, int outputs, int inputs) {
    long vectorsPerOutput = (inputs + LANES - 1L) / LANES;
    long dotCost = outputs * (vectorsPerOutput + LANE_SUM_COST);
    long panelCost = inputs * Panels.vectors(outputs);
    boolean canDot = inputs >= LANES;
    boolean canPanel = outputs >= LANES;
    if (canDot && (!canPanel || dotCost < panelCost)) {
      return new DotLinearKernel(weight, bias, outputs, inputs);
    }
    return canPanel
        ? new PanelLinearKernel(weight, bias, outputs, inputs)
        : new SmallLinearKernel(weight, bias, outputs, inputs);
  }

  @Override
  public LinearKernel sparseLinear(CsrWeights weight, double[] bias) {
    return new VectorSparseLinearKernel(weight, bias);
  }

  @Override
  public SparseInputKernel sparseInput(float[] weight, double[] bias, int outputs, int inputs) {
    return new VectorSparseInputKernel(weight, bias);
  }

  @Override
  public void gradient(
      float[] errors, float[] input, int rows, int outputs, int inputs, float[] product) {
    VectorGradient.gradient(errors, input, rows, outputs, inputs, product);
  }

  @Override
  public void softmax(float[] values, int rows, int classes, double temperature) {
    VectorSoftmax.softmax(values, rows, classes, (float) (1 / temperature));
  }

  @Override
  public void relu(float[] values, int from, int length) {
    VectorActivations.relu(values, from, from + length);
  }

  @Override
  public void leakyRelu(float[] values, int from, int length, float slope) {
    VectorActivations.leakyRelu(values, from, from + length, slope);
  }

  @Override
  public void sigmoid(float[] values, int from, int length) {
    VectorActivations.logistic(values, from, from + length, -1, 0, 1);
  }

  /** {@code tanh x = 1 - 2 / (1 + exp(2 x))}. */
  @Override
  public void tanh(float[] values, int from, int length) {
    VectorActivations.logistic(values, from, from + length, 2, 1, -2);
  }
}
