package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.PackedRows.PLACES;
import static io.logitflow.classifier.kernel.vector.Panels.FENCES;
import static io.logitflow.classifier.kernel.vector.Panels.PANEL;
import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * Six packed rows by a panel: twelve sums, two vectors of weights and a feature, and so all
 * registers but one where there are 16. See {@link Panels}.
 */
final class SixPackedRows {

  /** Features that the loop takes at a time. */
  static final int STEP = 4;

  private SixPackedRows() {}

  /**
   * Multiplies them by a block of features.
   *
   * @param from first feature of the block
   * @param to its end
   * @param x the block, as {@link PackedRows} packs it
   * @param place where the six rows begin in {@code x}
   * @param row the first of the six in {@code output}
   */
  static void multiply(
      Panels panels, int panel, int from, int to, float[] x, int place, int row, float[] output) {
    // In local variables: behind a fence, the JIT would load fields again.
    float[] weights = panels.weight;
    int outputs = panels.outputs;
    int begin = panels.place(panel, from);
    int features = to - from;
    int before = place - 1;
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
    FloatVector sum40 = FloatVector.zero(FLOAT);
    FloatVector sum41 = FloatVector.zero(FLOAT);
    FloatVector sum50 = FloatVector.zero(FLOAT);
    FloatVector sum51 = FloatVector.zero(FLOAT);
    for (int i = 0; i < features; i += STEP) {
      int w = begin + i * PANEL;
      int p = before + i * PLACES;
      FloatVector w0 = FloatVector.fromArray(FLOAT, weights, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weights, w + LANES);
      FloatVector feature = FloatVector.broadcast(FLOAT, x[p + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
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
    in += nextBase;
    out += outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum40).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum41).intoArray(output, out + class1);
    in += nextBase;
    out += outputs;
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum50).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum51).intoArray(output, out + class1);
  }
}
