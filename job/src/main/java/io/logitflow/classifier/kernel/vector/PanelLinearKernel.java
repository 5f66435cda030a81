package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import io.logitflow.classifier.kernel.LinearKernel;
import jdk.incubator.vector.FloatVector;

/**
 * The product for many classes: a vector holds neighbouring classes of one row, and each feature is
 * broadcast.
 *
 * <p>W^T is cut into panels of two vectors of classes, each panel stored feature by feature. A tile
 * of rows times a panel keeps its sums in registers over a block of features, so that a block of a
 * panel stays in the first-level cache while the rows pass, and sums of many features are summed in
 * parts, which keeps float32 precise. The last vectors of classes start early enough to end with
 * the last class: what overlaps is computed twice, to the same bits, and nothing is masked.
 */
final class PanelLinearKernel implements LinearKernel {

  private static final int PANEL = 2 * LANES;
  private static final int ROWS = 4;
  private static final int BLOCK = 256;

  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;

  PanelLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    int vectors = (int) vectors(outputs);
    this.weight = Packing.allocate((long) vectors * LANES * inputs);
    this.bias = new float[vectors * LANES];
    for (int vector = 0; vector < vectors; vector++) {
      int first = firstClass(vector);
      int offset = vector / 2 * PANEL * inputs + vector % 2 * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        this.bias[vector * LANES + lane] = (float) bias[first + lane];
        for (int i = 0; i < inputs; i++) {
          this.weight[offset + i * PANEL + lane] = (float) weight[(first + lane) * inputs + i];
        }
      }
    }
  }

  /** Vectors of classes, an even number. */
  static long vectors(int outputs) {
    return (outputs + PANEL - 1L) / PANEL * 2;
  }

  private int firstClass(int vector) {
    return Math.min(vector * LANES, outputs - LANES);
  }

  @Override
  public void multiply(float[] input, int rows, float[] output) {
    int panels = bias.length / PANEL;
    for (int panel = 0; panel < panels; panel++) {
      for (int from = 0; from < inputs; from += BLOCK) {
        multiplyBlock(input, rows, output, panel, from, Math.min(inputs, from + BLOCK));
      }
    }
  }

  private void multiplyBlock(float[] input, int rows, float[] output, int panel, int from, int to) {
    int packed = panel * PANEL * inputs + from * PANEL;
    int first = firstClass(2 * panel);
    int second = firstClass(2 * panel + 1);
    int row = 0;
    for (; row + ROWS <= rows; row += ROWS) {
      tile(input, row, from, to, packed, output, panel, first, second);
    }
    for (; row < rows; row++) {
      single(input, row, from, to, packed, output, panel, first, second);
    }
  }

  /**
   * Four rows by a panel: with the eight sums, two vectors of weights and four broadcasts it just
   * fits sixteen registers, and eight sums hide the latency of the multiply-adds. Six rows spill.
   *
   * <p>The first block of features starts from the bias, the others from what is in the output. All
   * is in one method, because a vector that is passed to a method that the JIT does not inline
   * becomes an object.
   */
  private void tile(
      float[] input,
      int row,
      int from,
      int to,
      int packed,
      float[] output,
      int panel,
      int first,
      int second) {
    float[] w = weight;
    int count = to - from;
    int in0 = row * inputs + from;
    int in1 = in0 + inputs;
    int in2 = in1 + inputs;
    int in3 = in2 + inputs;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int i = 0; i < count; i++) {
      FloatVector w0 = FloatVector.fromArray(FLOAT, w, packed + i * PANEL);
      FloatVector w1 = FloatVector.fromArray(FLOAT, w, packed + i * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOAT, input[in0 + i]);
      sum00 = w0.fma(x0, sum00);
      sum01 = w1.fma(x0, sum01);
      FloatVector x1 = FloatVector.broadcast(FLOAT, input[in1 + i]);
      sum10 = w0.fma(x1, sum10);
      sum11 = w1.fma(x1, sum11);
      FloatVector x2 = FloatVector.broadcast(FLOAT, input[in2 + i]);
      sum20 = w0.fma(x2, sum20);
      sum21 = w1.fma(x2, sum21);
      FloatVector x3 = FloatVector.broadcast(FLOAT, input[in3 + i]);
      sum30 = w0.fma(x3, sum30);
      sum31 = w1.fma(x3, sum31);
    }
    boolean start = from == 0;
    float[] base = start ? bias : output;
    int stride = start ? 0 : outputs;
    int base0 = start ? panel * PANEL : row * outputs + first;
    int base1 = start ? panel * PANEL + LANES : row * outputs + second;
    int out0 = row * outputs + first;
    int out1 = row * outputs + second;
    sum00 = FloatVector.fromArray(FLOAT, base, base0).add(sum00);
    sum01 = FloatVector.fromArray(FLOAT, base, base1).add(sum01);
    sum00.intoArray(output, out0);
    sum01.intoArray(output, out1);
    base0 += stride;
    base1 += stride;
    out0 += outputs;
    out1 += outputs;
    sum10 = FloatVector.fromArray(FLOAT, base, base0).add(sum10);
    sum11 = FloatVector.fromArray(FLOAT, base, base1).add(sum11);
    sum10.intoArray(output, out0);
    sum11.intoArray(output, out1);
    base0 += stride;
    base1 += stride;
    out0 += outputs;
    out1 += outputs;
    sum20 = FloatVector.fromArray(FLOAT, base, base0).add(sum20);
    sum21 = FloatVector.fromArray(FLOAT, base, base1).add(sum21);
    sum20.intoArray(output, out0);
    sum21.intoArray(output, out1);
    base0 += stride;
    base1 += stride;
    out0 += outputs;
    out1 += outputs;
    sum30 = FloatVector.fromArray(FLOAT, base, base0).add(sum30);
    sum31 = FloatVector.fromArray(FLOAT, base, base1).add(sum31);
    sum30.intoArray(output, out0);
    sum31.intoArray(output, out1);
  }

  /** One row by a panel. */
  private void single(
      float[] input,
      int row,
      int from,
      int to,
      int packed,
      float[] output,
      int panel,
      int first,
      int second) {
    float[] w = weight;
    int count = to - from;
    int in = row * inputs + from;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int i = 0; i < count; i++) {
      FloatVector w0 = FloatVector.fromArray(FLOAT, w, packed + i * PANEL);
      FloatVector w1 = FloatVector.fromArray(FLOAT, w, packed + i * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(FLOAT, input[in + i]);
      sum0 = w0.fma(x, sum0);
      sum1 = w1.fma(x, sum1);
    }
    boolean start = from == 0;
    float[] base = start ? bias : output;
    int base0 = start ? panel * PANEL : row * outputs + first;
    int base1 = start ? panel * PANEL + LANES : row * outputs + second;
    int out0 = row * outputs + first;
    int out1 = row * outputs + second;
    sum0 = FloatVector.fromArray(FLOAT, base, base0).add(sum0);
    sum1 = FloatVector.fromArray(FLOAT, base, base1).add(sum1);
    sum0.intoArray(output, out0);
    sum1.intoArray(output, out1);
  }
}
