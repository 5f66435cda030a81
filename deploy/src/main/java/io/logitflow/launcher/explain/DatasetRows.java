package io.logitflow.launcher.explain;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.DatasetException;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import java.io.IOException;

/** The test rows of a data set that is shipped. */
final class DatasetRows {

  private final Dataset dataset;
  private final Rows rows;

  /**
   * Opens a data set.
   *
   * @throws IOException if there is none of that name, or its rows have another number of features
   */
  DatasetRows(String name, int featureCount) throws IOException {
    try {
      this.dataset = DatasetCatalogue.open(name);
    } catch (DatasetException e) {
      throw new IOException(e.getMessage(), e);
    }
    this.rows = dataset.rows(dataset.defaultSplit());
    if (rows.featureCount() != featureCount) {
      throw new IOException(
          "data set %s: %d features, but the model takes %d"
              .formatted(name, rows.featureCount(), featureCount));
    }
  }

  /**
   * Reads one row.
   *
   * @param row from 0
   */
  RecordToExplain row(long row) throws IOException {
    if (row >= rows.size()) {
      throw new IOException(
          "data set %s: there is no row %d, expected 0 to %d"
              .formatted(dataset.name(), row, rows.size() - 1));
    }
    Row read = rows.newRow();
    rows.read((int) row, read);
    return new RecordToExplain(
        "%s, %s row %d, labelled %s"
            .formatted(
                dataset.name(),
                dataset.defaultSplit().text(),
                row,
                dataset.classNames().get(read.label())),
        read.features(),
        dataset.featureNames());
  }

  /** The mean of the rows, feature by feature. */
  double[] mean() {
    double[] mean = new double[rows.featureCount()];
    Row row = rows.newRow();
    for (int i = 0; i < rows.size(); i++) {
      rows.read(i, row);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += (row.features()[j] - mean[j]) / (i + 1);
      }
    }
    return mean;
  }
}
