package io.logitflow.training;

import java.util.Arrays;

/**
 * Some neighbouring training rows: the unit of work, small enough for the second-level cache where
 * rows allow it.
 *
 * <p>Features that came as float64 are kept as two floats, so that the same arrays serve float32
 * kernels and float64 arithmetic: value and residual together have 48 bits.
 */
final class RowBlock {

  /** Floats of the features of a block, unless one row has more. */
  private static final int FLOATS = 1 << 16;

  /** So that float32 sums over a block stay precise. */
  private static final int MAX_ROWS = 256;

  /** {@code [capacity, features]}. */
  final float[] values;

  /** What float32 lost of each value; null if the features came as float32. */
  final float[] residuals;

  /** {@code [capacity]}; -1 where unknown. */
  final int[] labels;

  /** {@code [capacity]}. */
  final double[] weights;

  /** {@code [capacity, classes]}; null for {@link Targets#CLASSES}. */
  final float[] targets;

  int rows;

  RowBlock(int capacity, int features, int classes, Targets kind, boolean exact) {
    values = new float[Math.multiplyExact(capacity, features)];
    residuals = exact ? new float[values.length] : null;
    labels = new int[capacity];
    weights = new double[capacity];
    targets = kind == Targets.CLASSES ? null : new float[Math.multiplyExact(capacity, classes)];
  }

  /** Rows of a full block. */
  static int capacity(int features) {
    return Math.max(1, Math.min(MAX_ROWS, FLOATS / features));
  }

  /** The feature at a place in the block, in float64. */
  double value(int index) {
    return residuals == null ? values[index] : (double) values[index] + residuals[index];
  }

  /** Sets the feature at a place in the block; the residual too, if residuals are kept. */
  void set(int index, double value) {
    values[index] = (float) value;
    if (residuals != null) {
      residuals[index] = (float) (value - values[index]);
    }
  }

  /** Adds a row of a block of the same kind. */
  void append(RowBlock from, int row, int features, int classes) {
    System.arraycopy(from.values, row * features, values, rows * features, features);
    if (residuals != null) {
      System.arraycopy(from.residuals, row * features, residuals, rows * features, features);
    }
    if (targets != null) {
      System.arraycopy(from.targets, row * classes, targets, rows * classes, classes);
    }
    labels[rows] = from.labels[row];
    weights[rows] = from.weights[row];
    rows++;
  }

  /** The same rows without the room for more. */
  RowBlock trimmed(int features, int classes, Targets kind) {
    if (rows == labels.length) {
      return this;
    }
    RowBlock copy = new RowBlock(rows, features, classes, kind, residuals != null);
    for (int row = 0; row < rows; row++) {
      copy.append(this, row, features, classes);
    }
    return copy;
  }

  /** Sum of the weights of the rows. */
  double weight() {
    return Arrays.stream(weights, 0, rows).sum();
  }
}
