package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.Panels.FENCES;
import static io.logitflow.classifier.kernel.vector.Panels.PANEL;
import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * Four rows by a panel. More rows would want more addresses than there are registers. See {@link
 * Panels}.
 */
final class FourRows {

  static final int ROWS = 4;

  /** Features that the loop takes at a time, while there are as many. */
  private static final int STEP = 8;

  private FourRows() {}

  /**
   * Multiplies them by a block of features.
   *
   * @param from first feature of the block
   * @param to its end
   * @param row the first of the four in {@code x} and {@code output}
   */
  static void multiply(
      Panels panels, int panel, int from, int to, float[] x, int row, float[] output) {
    // In local variables: behind a fence, the JIT would load fields again.
    float[] weights = panels.weight;
    int outputs = panels.outputs;
    int begin = panels.place(panel, from);
    int features = to - from;
    int whole = features / STEP * STEP;
    int before0 = row * panels.inputs + from - 1;
    int before1 = before0 + panels.inputs;
    int before2 = before1 + panels.inputs;
    int before3 = before2 + panels.inputs;
    int class0 = panels.firstClass(2 * panel);
    int class1 = panels.firstClass(2 * panel + 1);
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int i = 0; i < whole; i += STEP) {
      int w = begin + i * PANEL;
      FloatVector w0 = FloatVector.fromArray(FLOAT, weights, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weights, w + LANES);
      FloatVector feature = FloatVector.broadcast(FLOAT, x[before0 + i + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 1]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 1]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 1]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 2]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 2]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 2]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 3]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 3]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 3]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 4]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 4]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 4]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 4 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 4 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 5]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 5]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 5]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 5]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 5 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 5 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 6]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 6]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 6]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 6]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 6 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 6 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 7]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 7]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 7]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 7]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 7 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 7 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[before0 + i + 8]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 8]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 8]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 8]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
    }
    for (int i = whole; i < features; i++) {
      int w = begin + i * PANEL;
      FloatVector w0 = FloatVector.fromArray(FLOAT, weights, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weights, w + LANES);
      FloatVector feature = FloatVector.broadcast(FLOAT, x[before0 + i + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      feature = FloatVector.broadcast(FLOAT, x[before1 + i + 1]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      feature = FloatVector.broadcast(FLOAT, x[before2 + i + 1]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      feature = FloatVector.broadcast(FLOAT, x[before3 + i + 1]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
    }
    // The first block starts from the bias.
    float[] base = from == 0 ? panels.bias : output;
    int nextBase = from == 0 ? 0 : outputs;
    int in = from == 0 ? 0 : row * outputs;
    int out = row * outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum00).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum01).intoArray(output, out + class1);
    in += nextBase;
    out += outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum10).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum11).intoArray(output, out + class1);
    in += nextBase;
    out += outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum20).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum21).intoArray(output, out + class1);
    in += nextBase;
    out += outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum30).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum31).intoArray(output, out + class1);
  }
}
