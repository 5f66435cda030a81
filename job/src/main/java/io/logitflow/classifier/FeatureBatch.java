package io.logitflow.classifier;

import java.util.function.IntToLongFunction;

/**
 * Rows to be classified together.
 *
 * @param values {@code [rows, features]}, row-major, before normalisation; may be longer
 * @param rows number of rows, at least 1
 * @param seeds seed of each row, for models that draw: the same for the same record
 */
public record FeatureBatch(float[] values, int rows, IntToLongFunction seeds) {

  /** Rows with the seed of golden rows. */
  public static FeatureBatch of(float[] values, int rows) {
    return new FeatureBatch(values, rows, row -> Float64Reference.SEED);
  }

  /** Seed of a row. */
  public long seed(int row) {
    return seeds.applyAsLong(row);
  }
}
