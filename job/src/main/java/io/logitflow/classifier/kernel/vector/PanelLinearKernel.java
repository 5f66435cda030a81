package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;
import static io.logitflow.classifier.kernel.vector.VectorShapes.fma;

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
  private static final int ROWS = 6;
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
      if (from == 0) {
        start(output, row, ROWS, panel, first, second);
      }
      addTile(
          input,
          row * inputs + from,
          inputs,
          weight,
          packed,
          to - from,
          output,
          row * outputs + first,
          row * outputs + second,
          outputs);
    }
    for (; row < rows; row++) {
      if (from == 0) {
        start(output, row, 1, panel, first, second);
      }
      addRow(
          input,
          row * inputs + from,
          weight,
          packed,
          to - from,
          output,
          row * outputs + first,
          row * outputs + second);
    }
  }

  private void start(float[] output, int row, int rows, int panel, int first, int second) {
    FloatVector bias0 = FloatVector.fromArray(FLOAT, bias, panel * PANEL);
    FloatVector bias1 = FloatVector.fromArray(FLOAT, bias, panel * PANEL + LANES);
    for (int r = row; r < row + rows; r++) {
      bias0.intoArray(output, r * outputs + first);
      bias1.intoArray(output, r * outputs + second);
    }
  }

  /** Adds {@code count} features of six rows to the sums of two vectors of classes. */
  private static void addTile(
      float[] input,
      int inputFrom,
      int inputs,
      float[] weight,
      int weightFrom,
      int count,
      float[] output,
      int first,
      int second,
      int outputs) {
    int row1 = inputFrom + inputs;
    int row2 = row1 + inputs;
    int row3 = row2 + inputs;
    int row4 = row3 + inputs;
    int row5 = row4 + inputs;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    FloatVector sum40 = FloatVector.zero(FLOAT);
    FloatVector sum41 = FloatVector.zero(FLOAT);
    FloatVector sum50 = FloatVector.zero(FLOAT);
    FloatVector sum51 = FloatVector.zero(FLOAT);
    for (int i = 0; i < count; i++) {
      FloatVector weight0 = FloatVector.fromArray(FLOAT, weight, weightFrom + i * PANEL);
      FloatVector weight1 = FloatVector.fromArray(FLOAT, weight, weightFrom + i * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(FLOAT, input[inputFrom + i]);
      sum00 = fma(weight0, x, sum00);
      sum01 = fma(weight1, x, sum01);
      x = FloatVector.broadcast(FLOAT, input[row1 + i]);
      sum10 = fma(weight0, x, sum10);
      sum11 = fma(weight1, x, sum11);
      x = FloatVector.broadcast(FLOAT, input[row2 + i]);
      sum20 = fma(weight0, x, sum20);
      sum21 = fma(weight1, x, sum21);
      x = FloatVector.broadcast(FLOAT, input[row3 + i]);
      sum30 = fma(weight0, x, sum30);
      sum31 = fma(weight1, x, sum31);
      x = FloatVector.broadcast(FLOAT, input[row4 + i]);
      sum40 = fma(weight0, x, sum40);
      sum41 = fma(weight1, x, sum41);
      x = FloatVector.broadcast(FLOAT, input[row5 + i]);
      sum50 = fma(weight0, x, sum50);
      sum51 = fma(weight1, x, sum51);
    }
    add(sum00, sum01, output, first, second);
    add(sum10, sum11, output, first + outputs, second + outputs);
    add(sum20, sum21, output, first + 2 * outputs, second + 2 * outputs);
    add(sum30, sum31, output, first + 3 * outputs, second + 3 * outputs);
    add(sum40, sum41, output, first + 4 * outputs, second + 4 * outputs);
    add(sum50, sum51, output, first + 5 * outputs, second + 5 * outputs);
  }

  /** Adds {@code count} features of one row to the sums of two vectors of classes. */
  private static void addRow(
      float[] input,
      int inputFrom,
      float[] weight,
      int weightFrom,
      int count,
      float[] output,
      int first,
      int second) {
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int i = 0; i < count; i++) {
      FloatVector x = FloatVector.broadcast(FLOAT, input[inputFrom + i]);
      sum0 = fma(FloatVector.fromArray(FLOAT, weight, weightFrom + i * PANEL), x, sum0);
      sum1 = fma(FloatVector.fromArray(FLOAT, weight, weightFrom + i * PANEL + LANES), x, sum1);
    }
    add(sum0, sum1, output, first, second);
  }

  /** The two may overlap: both are read before either is written. */
  private static void add(
      FloatVector sum0, FloatVector sum1, float[] output, int first, int second) {
    FloatVector total0 = FloatVector.fromArray(FLOAT, output, first).add(sum0);
    FloatVector total1 = FloatVector.fromArray(FLOAT, output, second).add(sum1);
    total0.intoArray(output, first);
    total1.intoArray(output, second);
  }
}
