package io.logitflow.replay;

import io.logitflow.classifier.FeatureBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Predictions of one version that are reproduced together: all dense, or all sparse. */
final class AuditBatch {

  /** Features that are put together at most. */
  private static final int MANY_VALUES = 1 << 22;

  private static final int MAX_ROWS = 256;

  private final List<AuditPair> pairs = new ArrayList<>();
  private int values;

  /** Adds a prediction. */
  void add(AuditPair pair) {
    pairs.add(pair);
    values += pair.features().values().length;
  }

  List<AuditPair> pairs() {
    return pairs;
  }

  boolean isFull() {
    return pairs.size() == MAX_ROWS || values >= MANY_VALUES;
  }

  void clear() {
    pairs.clear();
    values = 0;
  }

  /** Rows at most. */
  static int maxRows() {
    return MAX_ROWS;
  }

  /** The rows as a classifier takes them. */
  FeatureBatch features() {
    boolean sparse = pairs.get(0).features().isSparse();
    float[] all = new float[values];
    int[] starts = new int[pairs.size() + 1];
    int[] indices = new int[sparse ? values : 0];
    for (int row = 0; row < pairs.size(); row++) {
      ReplayedFeatures features = pairs.get(row).features();
      int length = features.values().length;
      System.arraycopy(features.values(), 0, all, starts[row], length);
      if (sparse) {
        System.arraycopy(features.indices(), 0, indices, starts[row], length);
      }
      starts[row + 1] = starts[row] + length;
    }
    return new FeatureBatch(
        all,
        sparse ? Optional.of(new FeatureBatch.SparseColumns(starts, indices)) : Optional.empty(),
        pairs.size(),
        row -> pairs.get(row).features().seed());
  }
}
