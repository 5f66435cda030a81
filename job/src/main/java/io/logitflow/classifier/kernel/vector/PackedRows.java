package io.logitflow.classifier.kernel.vector;

import java.util.Arrays;

/**
 * Rows in sixes, feature by feature, so that the six broadcasts of a feature need one address. Each
 * thread has an array for them.
 */
final class PackedRows {

  /** Rows that are packed together. */
  static final int ROWS = 6;

  /** Rows that there is room for. */
  static final int MAX_ROWS = 42 * ROWS;

  /** Places for a feature of six rows: a power of two, which the JIT wants of a stride. */
  static final int PLACES = 8;

  private static final ThreadLocal<float[]> OF_THREAD =
      ThreadLocal.withInitial(() -> new float[MAX_ROWS / ROWS * Panels.BLOCK * PLACES]);

  private PackedRows() {}

  /** What the thread packs rows into. */
  static float[] ofThread() {
    return OF_THREAD.get();
  }

  /** Features with those of value 0 that fill a whole step of {@link SixPackedRows}. */
  static int padded(int features) {
    return (features + SixPackedRows.STEP - 1) / SixPackedRows.STEP * SixPackedRows.STEP;
  }

  /** Where six rows begin. */
  static int place(int row) {
    return row / ROWS * (Panels.BLOCK * PLACES);
  }

  /**
   * Packs a block of features of six rows.
   *
   * @param row the first of them in {@code input}
   * @param inputs from one row of {@code input} to the next
   * @param from first feature of the block
   * @param to where the block ends; zeros follow, see {@link #padded}
   * @param x where the packed rows are
   * @param place where these six begin in it
   */
  static void pack(float[] input, int row, int inputs, int from, int to, float[] x, int place) {
    int features = to - from;
    int in0 = row * inputs + from;
    int in1 = in0 + inputs;
    int in2 = in1 + inputs;
    int in3 = in2 + inputs;
    int in4 = in3 + inputs;
    int in5 = in4 + inputs;
    for (int i = 0; i < features; i++) {
      int p = place + i * PLACES;
      x[p] = input[in0 + i];
      x[p + 1] = input[in1 + i];
      x[p + 2] = input[in2 + i];
      x[p + 3] = input[in3 + i];
      x[p + 4] = input[in4 + i];
      x[p + 5] = input[in5 + i];
    }
    Arrays.fill(x, place + features * PLACES, place + padded(features) * PLACES, 0f);
  }
}
