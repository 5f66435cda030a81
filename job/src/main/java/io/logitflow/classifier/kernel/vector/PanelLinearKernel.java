package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import io.logitflow.classifier.kernel.LinearKernel;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * The product for many classes: a vector holds neighbouring classes of one row, and each feature is
 * broadcast.
 *
 * <p>W^T is cut into panels of two vectors of classes, each panel stored feature by feature. A tile
 * of rows times a panel keeps its sums in registers over a block of features, so that a block of a
 * panel stays near the core while the rows pass, and sums of many features are summed in parts,
 * which keeps float32 precise. The last vectors of classes start early enough to end with the last
 * class, with weights 0 where they overlap those before, so nothing is masked.
 *
 * <p>Where there are panels enough to pay for it, rows are packed feature by feature, so that the
 * five broadcasts of a step need one address. A feature has as many places in the packed rows as in
 * a panel: one counter then serves both, and the JIT needs no checks of bounds in the loop. What is
 * left of the rows, four by four, and few panels take the rows as they are.
 */
final class PanelLinearKernel implements LinearKernel {

  private static final int PANEL = 2 * LANES;
  private static final int TILE_ROWS = 4;
  private static final int PACKED_TILE_ROWS = 5;

  /** Rows whose values of a feature stand together: what has room in a panel's places. */
  private static final int GROUP_ROWS = PANEL / PACKED_TILE_ROWS * PACKED_TILE_ROWS;

  /** Features of a block. */
  private static final int BLOCK = 512;

  /** Rows that are packed at a time, so that they and what they yield stay near the core. */
  private static final int BLOCK_ROWS = 120 / GROUP_ROWS * GROUP_ROWS;

  /** With fewer panels, packing costs more than it gains. */
  private static final int PANELS_TO_PACK = 7;

  private static final ThreadLocal<float[]> PACKED =
      ThreadLocal.withInitial(() -> new float[BLOCK_ROWS / GROUP_ROWS * BLOCK * PANEL]);

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
  private final int panels;

  /** Features in a panel: an even number, because packed rows take two at a time. */
  private final int depth;

  PanelLinearKernel(double[] weight, double[] bias, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    int vectors = (int) vectors(outputs);
    this.panels = vectors / 2;
    this.depth = inputs + inputs % 2;
    this.weight = Packing.allocate((long) vectors * LANES * depth);
    this.bias = Packing.floats(bias);
    for (int vector = 0; vector < vectors; vector++) {
      int first = firstClass(vector);
      int offset = vector / 2 * PANEL * depth + vector % 2 * LANES;
      // The lanes before are classes that the vector before has.
      for (int lane = vector * LANES - first; lane < LANES; lane++) {
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
    int packedRows = panels < PANELS_TO_PACK ? 0 : packedRows(rows);
    for (int row = 0; row < packedRows; row += BLOCK_ROWS) {
      multiplyPacked(input, row, Math.min(packedRows, row + BLOCK_ROWS), output);
    }
    multiplyAsTheyAre(input, packedRows, rows, output);
  }

  /** As many tiles of five rows as leave a multiple of four. */
  private static int packedRows(int rows) {
    int tiles = rows / PACKED_TILE_ROWS;
    return Math.max(0, tiles - Math.floorMod(tiles - rows, TILE_ROWS)) * PACKED_TILE_ROWS;
  }

  private void multiplyPacked(float[] input, int firstRow, int endRow, float[] output) {
    startFromBias(firstRow, endRow, output);
    float[] x = PACKED.get();
    for (int from = 0; from < depth; from += BLOCK) {
      int count = Math.min(depth - from, BLOCK);
      for (int row = firstRow; row < endRow; row++) {
        pack(input, row, from, count, x, packedPlace(row - firstRow));
      }
      for (int panel = 0; panel < panels; panel++) {
        for (int row = firstRow; row < endRow; row += PACKED_TILE_ROWS) {
          packedTile(x, packedPlace(row - firstRow), row, from, count, output, panel);
        }
      }
    }
  }

  /** Where a row of the packed ones begins. */
  private static int packedPlace(int row) {
    return row / GROUP_ROWS * (BLOCK * PANEL) + row % GROUP_ROWS;
  }

  private void pack(float[] input, int row, int from, int count, float[] x, int place) {
    int in = row * inputs + from;
    int present = Math.min(count, inputs - from);
    for (int i = 0; i < present; i++) {
      x[place + i * PANEL] = input[in + i];
    }
    if (present < count) {
      x[place + present * PANEL] = 0;
    }
  }

  private void multiplyAsTheyAre(float[] input, int firstRow, int endRow, float[] output) {
    startFromBias(firstRow, endRow, output);
    for (int panel = 0; panel < panels; panel++) {
      for (int from = 0; from < inputs; from += BLOCK) {
        int to = Math.min(inputs, from + BLOCK);
        int row = firstRow;
        for (; row + TILE_ROWS <= endRow; row += TILE_ROWS) {
          tile(input, row, from, to, output, panel);
        }
        for (; row < endRow; row++) {
          single(input, row, from, to, output, panel);
        }
      }
    }
  }

  private void startFromBias(int firstRow, int endRow, float[] output) {
    for (int row = firstRow; row < endRow; row++) {
      System.arraycopy(bias, 0, output, row * outputs, outputs);
    }
  }

  /**
   * Five packed rows by a panel: ten sums, more than hide the latency of the multiply-adds.
   *
   * <p>All is in one method, because a vector that is passed to a method that the JIT does not
   * inline becomes an object.
   *
   * @param x the rows, packed
   * @param place where they begin there
   */
  private void packedTile(
      float[] x, int place, int row, int from, int count, float[] output, int panel) {
    float[] weights = weight; // Behind a fence, the JIT would load the field again.
    int begin = (panel * depth + from) * PANEL;
    int end = begin + count * PANEL;
    int toPlace = place - begin;
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
    for (int w = begin; w < end; w += 2 * PANEL) {
      FloatVector w0 = FloatVector.fromArray(FLOAT, weights, w);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weights, w + LANES);
      int i = w + toPlace;
      FloatVector feature = FloatVector.broadcast(FLOAT, x[i]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      keepLoadsBehind();
      feature = FloatVector.broadcast(FLOAT, x[i + 1]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      feature = FloatVector.broadcast(FLOAT, x[i + 2]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      keepLoadsBehind();
      feature = FloatVector.broadcast(FLOAT, x[i + 3]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      feature = FloatVector.broadcast(FLOAT, x[i + 4]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
      keepLoadsBehind();
      w0 = FloatVector.fromArray(FLOAT, weights, w + PANEL);
      w1 = FloatVector.fromArray(FLOAT, weights, w + PANEL + LANES);
      i += PANEL;
      feature = FloatVector.broadcast(FLOAT, x[i]);
      sum00 = w0.fma(feature, sum00);
      sum01 = w1.fma(feature, sum01);
      keepLoadsBehind();
      feature = FloatVector.broadcast(FLOAT, x[i + 1]);
      sum10 = w0.fma(feature, sum10);
      sum11 = w1.fma(feature, sum11);
      feature = FloatVector.broadcast(FLOAT, x[i + 2]);
      sum20 = w0.fma(feature, sum20);
      sum21 = w1.fma(feature, sum21);
      keepLoadsBehind();
      feature = FloatVector.broadcast(FLOAT, x[i + 3]);
      sum30 = w0.fma(feature, sum30);
      sum31 = w1.fma(feature, sum31);
      feature = FloatVector.broadcast(FLOAT, x[i + 4]);
      sum40 = w0.fma(feature, sum40);
      sum41 = w1.fma(feature, sum41);
    }
    int out0 = row * outputs + firstClass(2 * panel);
    int out1 = row * outputs + firstClass(2 * panel + 1);
    FloatVector.fromArray(FLOAT, output, out0).add(sum00).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum01).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum10).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum11).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum20).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum21).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum30).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum31).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum40).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum41).intoArray(output, out1);
  }

  /** See {@link #FENCES}. */
  private static void keepLoadsBehind() {
    if (FENCES) {
      VarHandle.loadLoadFence();
    }
  }

  /** Four rows by a panel; see {@link #packedTile}. */
  private void tile(float[] input, int row, int from, int to, float[] output, int panel) {
    int begin = (panel * depth + from) * PANEL;
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
      FloatVector w0 = FloatVector.fromArray(FLOAT, weight, begin + i * PANEL);
      FloatVector w1 = FloatVector.fromArray(FLOAT, weight, begin + i * PANEL + LANES);
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
    int out0 = row * outputs + firstClass(2 * panel);
    int out1 = row * outputs + firstClass(2 * panel + 1);
    FloatVector.fromArray(FLOAT, output, out0).add(sum00).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum01).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum10).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum11).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum20).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum21).intoArray(output, out1);
    out0 += outputs;
    out1 += outputs;
    FloatVector.fromArray(FLOAT, output, out0).add(sum30).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum31).intoArray(output, out1);
  }

  /** One row by a panel; see {@link #packedTile}. */
  private void single(float[] input, int row, int from, int to, float[] output, int panel) {
    int begin = (panel * depth + from) * PANEL;
    int count = to - from;
    int in = row * inputs + from;
    FloatVector sum0 = FloatVector.zero(FLOAT);
    FloatVector sum1 = FloatVector.zero(FLOAT);
    for (int i = 0; i < count; i++) {
      FloatVector x = FloatVector.broadcast(FLOAT, input[in + i]);
      sum0 = FloatVector.fromArray(FLOAT, weight, begin + i * PANEL).fma(x, sum0);
      sum1 = FloatVector.fromArray(FLOAT, weight, begin + i * PANEL + LANES).fma(x, sum1);
    }
    int out0 = row * outputs + firstClass(2 * panel);
    int out1 = row * outputs + firstClass(2 * panel + 1);
    FloatVector.fromArray(FLOAT, output, out0).add(sum0).intoArray(output, out0);
    FloatVector.fromArray(FLOAT, output, out1).add(sum1).intoArray(output, out1);
  }
}
