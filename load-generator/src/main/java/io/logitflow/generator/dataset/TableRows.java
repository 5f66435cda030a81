package io.logitflow.generator.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rows in memory. */
final class TableRows implements Rows {
  private final int featureCount;
  private final boolean timed;
  private final List<TableRow> rows;

  private TableRows(Builder builder) {
    this.featureCount = builder.featureCount;
    this.timed = builder.timed;
    this.rows = List.copyOf(builder.rows);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int featureCount() {
    return featureCount;
  }

  @Override
  public boolean hasTimes() {
    return timed;
  }

  @Override
  public void read(int index, Row target) {
    TableRow row = rows.get(Objects.checkIndex(index, rows.size()));
    System.arraycopy(row.features(), 0, target.features(), 0, featureCount);
    target.set(row.label(), row.time(), row.id(), row.segment());
  }

  /** What a row holds; time, id and segment as in {@link Row}. */
  @SuppressWarnings("ArrayRecordComponent") // Not compared.
  record TableRow(float[] features, int label, long time, String id, String segment) {}

  /** Collects rows. */
  static final class Builder {
    private final int featureCount;
    private final boolean timed;
    private final List<TableRow> rows = new ArrayList<>();

    Builder(int featureCount, boolean timed) {
      this.featureCount = featureCount;
      this.timed = timed;
    }

    /** Adds a row, which must not be changed afterwards. */
    Builder add(TableRow row) {
      if (row.features().length != featureCount) {
        throw new IllegalArgumentException(
            row.features().length + " features, expected " + featureCount);
      }
      rows.add(row);
      return this;
    }

    TableRows build() {
      return new TableRows(this);
    }
  }
}
