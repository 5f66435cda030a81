package io.logitflow.generator.dataset;

/** The rows of a split, numbered from 0 in its order. Immutable; threads may share one. */
public interface Rows {

  /** Number of rows. */
  int size();

  /** Number of features of a row. */
  int featureCount();

  /** Number of true probabilities of a row: the classes, or 0 if nobody knows them. */
  default int trueProbabilityCount() {
    return 0;
  }

  /** Whether the rows have a time of their own. */
  default boolean hasTimes() {
    return false;
  }

  /**
   * Reads a row.
   *
   * @param index 0 to {@code size() - 1}
   * @param target from {@link #newRow()}; everything in it is overwritten
   * @throws IndexOutOfBoundsException if there is no such row
   */
  void read(int index, Row target);

  /** A row to read into. */
  default Row newRow() {
    return new Row(featureCount(), trueProbabilityCount());
  }

  /** The features of a row, in a new array. */
  default float[] features(int index) {
    Row row = newRow();
    read(index, row);
    return row.features();
  }

  /** Index of the true class of a row. */
  default int label(int index) {
    Row row = newRow();
    read(index, row);
    return row.label();
  }
}
