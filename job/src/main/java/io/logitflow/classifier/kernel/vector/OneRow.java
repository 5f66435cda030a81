package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.Panels.PANEL;
import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;

/** One row by one panel, or by several. See {@link Panels}. */
final class OneRow {

  /** Panels of {@link #multiplyByPanels}. */
  static final int PANELS = 4;

  private OneRow() {}

  /**
   * Multiplies a row by a block of features of four panels, so that weights come from memory in as
   * many streams.
   *
   * @param panel the first of the four
   * @param from first feature of the block
   * @param to its end
   */
  static void multiplyByPanels(
      Panels panels, int panel, int from, int to, float[] x, int row, float[] output) {
    float[] weights = panels.weight;
    int begin0 = panels.place(panel, from);
    int begin1 = panels.place(panel + 1, from);
    int begin2 = panels.place(panel + 2, from);
    int begin3 = panels.place(panel + 3, from);
    int features = to - from;
    int first = row * panels.inputs + from;
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int i = 0; i < features; i++) {
      FloatVector feature = FloatVector.broadcast(FLOAT, x[first + i]);
      int w0 = begin0 + i * PANEL;
      sum00 = FloatVector.fromArray(FLOAT, weights, w0).fma(feature, sum00);
      sum01 = FloatVector.fromArray(FLOAT, weights, w0 + LANES).fma(feature, sum01);
      int w1 = begin1 + i * PANEL;
      sum10 = FloatVector.fromArray(FLOAT, weights, w1).fma(feature, sum10);
      sum11 = FloatVector.fromArray(FLOAT, weights, w1 + LANES).fma(feature, sum11);
      int w2 = begin2 + i * PANEL;
      sum20 = FloatVector.fromArray(FLOAT, weights, w2).fma(feature, sum20);
      sum21 = FloatVector.fromArray(FLOAT, weights, w2 + LANES).fma(feature, sum21);
      int w3 = begin3 + i * PANEL;
      sum30 = FloatVector.fromArray(FLOAT, weights, w3).fma(feature, sum30);
      sum31 = FloatVector.fromArray(FLOAT, weights, w3 + LANES).fma(feature, sum31);
    }
    // The first block starts from the bias.
    float[] base = from == 0 ? panels.bias : output;
    int out = row * panels.outputs;
    int in = from == 0 ? 0 : out;
    int class0 = panel * PANEL;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum00).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class0 + LANES)
        .add(sum01)
        .intoArray(output, out + class0 + LANES);
    int class1 = class0 + PANEL;
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum10).intoArray(output, out + class1);
    FloatVector.fromArray(FLOAT, base, in + class1 + LANES)
        .add(sum11)
        .intoArray(output, out + class1 + LANES);
    int class2 = class1 + PANEL;
    FloatVector.fromArray(FLOAT, base, in + class2).add(sum20).intoArray(output, out + class2);
    FloatVector.fromArray(FLOAT, base, in + class2 + LANES)
        .add(sum21)
        .intoArray(output, out + class2 + LANES);
    // Only the last vectors of all may start early.
    int class30 = panels.firstClass(2 * panel + 6);
    int class31 = panels.firstClass(2 * panel + 7);
    FloatVector.fromArray(FLOAT, base, in + class30).add(sum30).intoArray(output, out + class30);
    FloatVector.fromArray(FLOAT, base, in + class31).add(sum31).intoArray(output, out + class31);
  }

  /** Multiplies a row by a block of features of one panel. */
  static void multiply(
      Panels panels, int panel, int from, int to, float[] x, int row, float[] output) {
    float[] weights = panels.weight;
    int begin = panels.place(panel, from);
    int features = to - from;
    int first = row * panels.inputs + from;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int i = 0; i < features; i++) {
      FloatVector feature = FloatVector.broadcast(FLOAT, x[first + i]);
      int w = begin + i * PANEL;
      sum0 = FloatVector.fromArray(FLOAT, weights, w).fma(feature, sum0);
      sum1 = FloatVector.fromArray(FLOAT, weights, w + LANES).fma(feature, sum1);
    }
    float[] base = from == 0 ? panels.bias : output;
    int out = row * panels.outputs;
    int in = from == 0 ? 0 : out;
    int class0 = panels.firstClass(2 * panel);
    int class1 = panels.firstClass(2 * panel + 1);
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum0).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum1).intoArray(output, out + class1);
  }
}
