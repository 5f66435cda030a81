package io.logitflow.classifier;

import java.util.Arrays;

/**
 * A row of which most features are 0, in float64.
 *
 * @param indices features that are not 0, ascending
 * @param values their values
 * @param featureCount number of features
 */
record SparseRow(int[] indices, double[] values, int featureCount) {

  /** A row of a sparse batch. */
  static SparseRow of(FeatureBatch batch, int row, int featureCount) {
    FeatureBatch.SparseColumns columns = batch.sparse().orElseThrow();
    int from = columns.starts()[row];
    int[] indices = Arrays.copyOfRange(columns.indices(), from, columns.starts()[row + 1]);
    double[] values = new double[indices.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.values()[from + i];
    }
    return new SparseRow(indices, values, featureCount);
  }

  double[] toDense() {
    double[] dense = new double[featureCount];
    for (int i = 0; i < indices.length; i++) {
      dense[indices[i]] = values[i];
    }
    return dense;
  }
}
