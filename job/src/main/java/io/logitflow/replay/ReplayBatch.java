package io.logitflow.replay;

import io.logitflow.classifier.FeatureBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records that one version scores together: all dense, or all sparse.
 *
 * @param <T> what the features belong to
 */
final class ReplayBatch<T> {

  /** Features that are put together at most. */
  private static final int MANY_VALUES = 1 << 22;

  private static final int MAX_ROWS = 256;

  private final List<T> rows = new ArrayList<>();
  private final List<ReplayedFeatures> features = new ArrayList<>();
  private int values;

  /** Adds a record. */
  void add(T row, ReplayedFeatures ofRow) {
    rows.add(row);
    features.add(ofRow);
    values += ofRow.values().length;
  }

  List<T> rows() {
    return rows;
  }

  boolean isFull() {
    return rows.size() == MAX_ROWS || values >= MANY_VALUES;
  }

  void clear() {
    rows.clear();
    features.clear();
    values = 0;
  }

  /** Rows at most. */
  static int maxRows() {
    return MAX_ROWS;
  }

  /** The rows as a classifier takes them. */
  FeatureBatch features() {
    boolean sparse = features.get(0).isSparse();
    float[] all = new float[values];
    int[] starts = new int[features.size() + 1];
    int[] indices = new int[sparse ? values : 0];
    for (int row = 0; row < features.size(); row++) {
      ReplayedFeatures ofRow = features.get(row);
      int length = ofRow.values().length;
      System.arraycopy(ofRow.values(), 0, all, starts[row], length);
      if (sparse) {
        System.arraycopy(ofRow.indices(), 0, indices, starts[row], length);
      }
      starts[row + 1] = starts[row] + length;
    }
    return new FeatureBatch(
        all,
        sparse ? Optional.of(new FeatureBatch.SparseColumns(starts, indices)) : Optional.empty(),
        features.size(),
        row -> features.get(row).seed());
  }
}
