package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * W^T in panels of two vectors of classes, each stored feature by feature, and the products of a
 * few rows with a block of features of a panel. Those with the first block are added to the bias,
 * the others to the output.
 *
 * <p>The last vectors of classes start early enough to end with the last class, so nothing is
 * masked. Where they overlap those before, the first block yields the same sums again, and weights
 * of the others are 0.
 *
 * <p>A class of a row has one sum for a block, of the features in their order, so a row has the
 * same results to the bit in every one of these products.
 *
 * <p>They are written out for the JIT. A vector that is passed to a method that it does not inline
 * becomes an object, and in methods as long as these it inlines none but those of the vectors.
 * Places of features are counted from the one before the first: the JIT computes the address of a
 * place without an offset in another way than of those with one, and would keep both.
 */
final class Panels {

  /** Features that a product of several rows takes at a time. */
  static final int STEP = 4;

  /** Rows that are multiplied together as they are. */
  static final int ROWS = 4;

  /** Panels that one row is multiplied by together. */
  static final int PANELS_OF_ROW = 4;

  private static final int PANEL = 2 * LANES;

  /**
   * Where there are 16 registers, the JIT has to be kept from loading all features of a step before
   * it multiplies, which would put sums into memory. The fence is no instruction there.
   */
  private static final boolean FENCES =
      LANES <= 8 && System.getProperty("os.arch").matches("amd64|x86_64");

  private final float[] weight;
  private final float[] bias;
  private final int outputs;
  private final int inputs;

  /** Features in a panel: of a whole number of steps. */
  private final int depth;

  Panels(double[] weight, double[] bias, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.depth = (inputs + STEP - 1) / STEP * STEP;
    this.weight = Packing.allocate(vectors(outputs) * LANES * depth);
    this.bias = Packing.floats(bias);
    for (int vector = 0; vector < vectors(outputs); vector++) {
      int first = firstClass(vector);
      int offset = vector / 2 * PANEL * depth + vector % 2 * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        // The vector before has the same class there.
        boolean again = first + lane < vector * LANES;
        int end = again ? endOfBlock(0) : inputs;
        for (int i = 0; i < end; i++) {
          this.weight[offset + i * PANEL + lane] = (float) weight[(first + lane) * inputs + i];
        }
      }
    }
  }

  /** Vectors of classes, an even number. */
  static long vectors(int outputs) {
    return (outputs + PANEL - 1L) / PANEL * 2;
  }

  int count() {
    return (int) vectors(outputs) / 2;
  }

  private int firstClass(int vector) {
    return Math.min(vector * LANES, outputs - LANES);
  }

  /**
   * Where the block of features ends that begins at a feature. Features that do not fill a step are
   * a block of their own.
   */
  int endOfBlock(int from) {
    int wholeSteps = inputs / STEP * STEP;
    return from < wholeSteps ? Math.min(wholeSteps, from + PackedRows.MAX_FEATURES) : inputs;
  }

  private int begin(int panel, int from) {
    return (panel * depth + from) * PANEL;
  }

  /**
   * Six packed rows by a panel: twelve sums, two vectors of weights and a feature, and so all
   * registers but one where there are 16.
   *
   * @param x the block of features {@code from} to {@code to} of rows, packed by {@link PackedRows}
   * @param place where the six begin in {@code x}
   * @param row the first of the six in {@code output}
   */
  void multiplySix(float[] x, int place, int row, int from, int to, int panel, float[] output) {
    float[] weights = weight; // Behind a fence, the JIT would load the field again.
    int begin = begin(panel, from);
    int features = to - from;
    int before = place - 1;
    int class0 = firstClass(2 * panel);
    int class1 = firstClass(2 * panel + 1);
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
      int p = before + i * PackedRows.PLACES;
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
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + PackedRows.PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 2 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 2 * PackedRows.PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
      w0 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + 3 * PANEL + LANES);
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 1]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 2]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 3]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 4]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 5]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      if (FENCES) VarHandle.loadLoadFence();
      feature = FloatVector.broadcast(FLOAT, x[p + 3 * PackedRows.PLACES + 6]);
      sum50 = w0.fma(feature, sum50);
      sum51 = w1.fma(feature, sum51);
      if (FENCES) VarHandle.loadLoadFence();
    }
    float[] base = from == 0 ? bias : output;
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

  /** Four rows by a panel; features from {@code from} to {@code to} are a whole number of steps. */
  void multiplyFour(float[] x, int row, int from, int to, int panel, float[] output) {
    float[] weights = weight;
    int begin = begin(panel, from);
    int features = to - from;
    int before0 = row * inputs + from - 1;
    int before1 = before0 + inputs;
    int before2 = before1 + inputs;
    int before3 = before2 + inputs;
    int class0 = firstClass(2 * panel);
    int class1 = firstClass(2 * panel + 1);
    FloatVector sum00 = FloatVector.zero(FLOAT);
    FloatVector sum01 = FloatVector.zero(FLOAT);
    FloatVector sum10 = FloatVector.zero(FLOAT);
    FloatVector sum11 = FloatVector.zero(FLOAT);
    FloatVector sum20 = FloatVector.zero(FLOAT);
    FloatVector sum21 = FloatVector.zero(FLOAT);
    FloatVector sum30 = FloatVector.zero(FLOAT);
    FloatVector sum31 = FloatVector.zero(FLOAT);
    for (int i = 0; i < features; i += STEP) {
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
    }
    float[] base = from == 0 ? bias : output;
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

  /**
   * One row by {@value #PANELS_OF_ROW} panels, so that weights come from memory in as many streams.
   */
  void multiplyOneByFour(float[] x, int row, int from, int to, int panel, float[] output) {
    float[] weights = weight;
    int begin0 = begin(panel, from);
    int begin1 = begin(panel + 1, from);
    int begin2 = begin(panel + 2, from);
    int begin3 = begin(panel + 3, from);
    int features = to - from;
    int first = row * inputs + from;
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
    int out0 = row * outputs + panel * PANEL;
    float[] base = from == 0 ? bias : output;
    int in = from == 0 ? 0 : row * outputs;
    int out = row * outputs;
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
    int class30 = firstClass(2 * panel + 6);
    int class31 = firstClass(2 * panel + 7);
    FloatVector.fromArray(FLOAT, base, in + class30).add(sum30).intoArray(output, out + class30);
    FloatVector.fromArray(FLOAT, base, in + class31).add(sum31).intoArray(output, out + class31);
  }

  /** One row by a panel. */
  void multiplyOne(float[] x, int row, int from, int to, int panel, float[] output) {
    int begin = begin(panel, from);
    int features = to - from;
    int first = row * inputs + from;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int i = 0; i < features; i++) {
      FloatVector feature = FloatVector.broadcast(FLOAT, x[first + i]);
      int w = begin + i * PANEL;
      sum0 = FloatVector.fromArray(FLOAT, weight, w).fma(feature, sum0);
      sum1 = FloatVector.fromArray(FLOAT, weight, w + LANES).fma(feature, sum1);
    }
    float[] base = from == 0 ? bias : output;
    int in = from == 0 ? 0 : row * outputs;
    int out = row * outputs;
    int class0 = firstClass(2 * panel);
    int class1 = firstClass(2 * panel + 1);
    FloatVector.fromArray(FLOAT, base, in + class0).add(sum0).intoArray(output, out + class0);
    FloatVector.fromArray(FLOAT, base, in + class1).add(sum1).intoArray(output, out + class1);
  }
}
