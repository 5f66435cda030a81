package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import io.logitflow.classifier.kernel.SparseInputKernel;
import jdk.incubator.vector.FloatVector;

/**
 * The product with sparse records: each value adds a row of weights, {@code [inputs, outputs]}, to
 * the sums of its record, which stay in registers.
 *
 * <p>The last vector of outputs ends with the last output; what overlaps is computed twice, to the
 * same bits.
 */
final class VectorSparseInputKernel implements SparseInputKernel {

  private static final int WIDE = 4;

  private final float[] weight;
  private final float[] bias;
  private final int outputs;

  VectorSparseInputKernel(float[] weight, double[] bias) {
    this.weight = weight;
    this.bias = Packing.floats(bias);
    this.outputs = bias.length;
  }

  @Override
  public void multiply(int[] starts, int[] indices, float[] values, int rows, float[] output) {
    for (int row = 0; row < rows; row++) {
      int from = starts[row];
      int to = starts[row + 1];
      if (outputs < LANES) {
        few(indices, values, from, to, output, row * outputs);
      } else {
        many(indices, values, from, to, output, row * outputs);
      }
    }
  }

  private void many(
      int[] indices, float[] values, int from, int to, float[] output, int outputFrom) {
    int k = 0;
    for (; k + WIDE * LANES <= outputs; k += WIDE * LANES) {
      four(indices, values, from, to, k, output, outputFrom);
    }
    for (; k < outputs; k += LANES) {
      one(indices, values, from, to, Math.min(k, outputs - LANES), output, outputFrom);
    }
  }

  private void four(
      int[] indices, float[] values, int from, int to, int k, float[] output, int outputFrom) {
    FloatVector sum0 = FloatVector.fromArray(FLOAT, bias, k);
    FloatVector sum1 = FloatVector.fromArray(FLOAT, bias, k + LANES);
    FloatVector sum2 = FloatVector.fromArray(FLOAT, bias, k + 2 * LANES);
    FloatVector sum3 = FloatVector.fromArray(FLOAT, bias, k + 3 * LANES);
    for (int i = from; i < to; i++) {
      int w = indices[i] * outputs + k;
      FloatVector x = FloatVector.broadcast(FLOAT, values[i]);
      sum0 = FloatVector.fromArray(FLOAT, weight, w).fma(x, sum0);
      sum1 = FloatVector.fromArray(FLOAT, weight, w + LANES).fma(x, sum1);
      sum2 = FloatVector.fromArray(FLOAT, weight, w + 2 * LANES).fma(x, sum2);
      sum3 = FloatVector.fromArray(FLOAT, weight, w + 3 * LANES).fma(x, sum3);
    }
    sum0.intoArray(output, outputFrom + k);
    sum1.intoArray(output, outputFrom + k + LANES);
    sum2.intoArray(output, outputFrom + k + 2 * LANES);
    sum3.intoArray(output, outputFrom + k + 3 * LANES);
  }

  private void one(
      int[] indices, float[] values, int from, int to, int k, float[] output, int outputFrom) {
    FloatVector sum = FloatVector.fromArray(FLOAT, bias, k);
    for (int i = from; i < to; i++) {
      sum =
          FloatVector.fromArray(FLOAT, weight, indices[i] * outputs + k)
              .fma(FloatVector.broadcast(FLOAT, values[i]), sum);
    }
    sum.intoArray(output, outputFrom + k);
  }

  /** Fewer outputs than a vector has lanes: plain loops. */
  private void few(
      int[] indices, float[] values, int from, int to, float[] output, int outputFrom) {
    for (int k = 0; k < outputs; k++) {
      float sum = bias[k];
      for (int i = from; i < to; i++) {
        sum = Math.fma(weight[indices[i] * outputs + k], values[i], sum);
      }
      output[outputFrom + k] = sum;
    }
  }
}
