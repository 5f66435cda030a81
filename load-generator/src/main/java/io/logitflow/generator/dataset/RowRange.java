package io.logitflow.generator.dataset;

import java.util.Objects;

/** A run of the rows of another. */
record RowRange(Rows rows, int from, int size) implements Rows {

  RowRange {
    Objects.checkFromIndexSize(from, size, rows.size());
  }

  @Override
  public int featureCount() {
    return rows.featureCount();
  }

  @Override
  public int trueProbabilityCount() {
    return rows.trueProbabilityCount();
  }

  @Override
  public boolean hasTimes() {
    return rows.hasTimes();
  }

  @Override
  public void read(int index, Row target) {
    rows.read(from + Objects.checkIndex(index, size), target);
  }
}
