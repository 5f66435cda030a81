package io.logitflow.classifier;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Rows to be classified together, dense or sparse.
 *
 * @param values {@code [rows, features]}, row-major, before normalisation; of sparse rows, the
 *     values that are there, row by row; may be longer
 * @param sparse which features the values of sparse rows are for; empty for dense rows
 * @param rows number of rows, at least 1
 * @param seeds seed of each row, for models that draw: the same for the same record
 */
public record FeatureBatch(
    float[] values, Optional<SparseColumns> sparse, int rows, IntToLongFunction seeds) {

  /**
   * Most features for which weights are packed for dense rows too, and records collected as such:
   * one takes a MiB. Models of more features are for sparse rows; dense ones are converted.
   */
  public static final int WIDEST_DENSE = 1 << 18;

  /**
   * Which features the values of sparse rows are for; other features are 0.
   *
   * @param starts where each row begins, and the last one ends, {@code [rows + 1]}, from 0 on,
   *     never falling; may be longer
   * @param indices feature of each value, ascending within a row; may be longer
   */
  public record SparseColumns(int[] starts, int[] indices) {
    public SparseColumns {
      Objects.requireNonNull(starts, "starts");
      Objects.requireNonNull(indices, "indices");
    }
  }

  public FeatureBatch {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(sparse, "sparse");
  }

  /** Dense rows. */
  public FeatureBatch(float[] values, int rows, IntToLongFunction seeds) {
    this(values, Optional.empty(), rows, seeds);
  }

  /** Dense rows with the seed of golden rows. */
  public static FeatureBatch of(float[] values, int rows) {
    return new FeatureBatch(values, rows, row -> Float64Reference.SEED);
  }

  /** Sparse rows with the seed of golden rows. */
  public static FeatureBatch sparse(int[] starts, int[] indices, float[] values, int rows) {
    return new FeatureBatch(
        values,
        Optional.of(new SparseColumns(starts, indices)),
        rows,
        row -> Float64Reference.SEED);
  }

  /** Seed of a row. */
  public long seed(int row) {
    return seeds.applyAsLong(row);
  }

  /** The same rows, sparse: those that are 0 are left out. */
  FeatureBatch toSparse(int featureCount) {
    if (sparse.isPresent()) {
      return this;
    }
    int count = 0;
    for (int i = 0; i < rows * featureCount; i++) {
      if (values[i] != 0) {
        count++;
      }
    }
    int[] starts = new int[rows + 1];
    int[] indices = new int[count];
    float[] present = new float[count];
    int to = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < featureCount; i++) {
        float value = values[row * featureCount + i];
        if (value != 0) {
          indices[to] = i;
          present[to++] = value;
        }
      }
      starts[row + 1] = to;
    }
    return new FeatureBatch(present, Optional.of(new SparseColumns(starts, indices)), rows, seeds);
  }

  /**
   * The same rows, dense.
   *
   * @param dense takes them if they are sparse, {@code [rows, featureCount]}
   */
  FeatureBatch toDense(float[] dense, int featureCount) {
    if (sparse.isEmpty()) {
      return this;
    }
    Arrays.fill(dense, 0, rows * featureCount, 0);
    int[] starts = sparse.get().starts();
    int[] indices = sparse.get().indices();
    for (int row = 0; row < rows; row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        dense[row * featureCount + Objects.checkIndex(indices[i], featureCount)] = values[i];
      }
    }
    return new FeatureBatch(dense, rows, seeds);
  }
}
