package io.logitflow.launcher.explain;

import io.logitflow.launcher.models.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of features in a CSV file with a header. The columns of a model are found by the names of
 * its features; without names, or with none of them in the header, every column is a feature.
 */
final class CsvRows {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final Path file;
  private final int featureCount;
  private final List<String> names;

  /**
   * A file.
   *
   * @param names names of the model's features, to find their columns; may be empty
   */
  CsvRows(Path file, int featureCount, List<String> names) {
    this.file = file;
    this.featureCount = featureCount;
    this.names = names;
  }

  /**
   * Reads one row.
   *
   * @param row from 0, the line below the header
   */
  RecordToExplain row(long row) throws IOException {
    try (Rows rows = new Rows()) {
      long number = 0;
      while (rows.next()) {
        if (number == row) {
          return new RecordToExplain(
              "%s, row %d".formatted(file, row), rows.features(number), rows.names());
        }
        number++;
      }
      throw new IOException(
          number == 0
              ? file + ": no rows below the header"
              : "%s: there is no row %d, expected 0 to %d".formatted(file, row, number - 1));
    }
  }

  /** The mean of all rows, feature by feature. */
  double[] mean() throws IOException {
    double[] mean = new double[featureCount];
    try (Rows rows = new Rows()) {
      long number = 0;
      while (rows.next()) {
        float[] features = rows.features(number);
        number++;
        for (int i = 0; i < mean.length; i++) {
          mean[i] += (features[i] - mean[i]) / number;
        }
      }
      if (number == 0) {
        throw new IOException(file + ": no rows below the header");
      }
    }
    return mean;
  }

  /** The file, open at a row. */
  private final class Rows implements AutoCloseable {
    private final CSVParser csv;
    private final Iterator<CSVRecord> records;
    private final List<Integer> columns;
    private CSVRecord record;

    Rows() throws IOException {
      try {
        csv = CSVParser.builder().setReader(TextFiles.reader(file)).setFormat(FORMAT).get();
      } catch (IllegalArgumentException e) {
        throw new IOException("%s: bad header: %s".formatted(file, e.getMessage()), e);
      }
      records = csv.iterator();
      columns = columns(csv.getHeaderNames());
    }

    List<String> names() {
      return columns.stream().map(csv.getHeaderNames()::get).toList();
    }

    boolean next() throws IOException {
      try {
        if (!records.hasNext()) {
          return false;
        }
        record = records.next();
        return true;
      } catch (UncheckedIOException | IllegalStateException e) {
        throw new IOException("%s is not readable as CSV: %s".formatted(file, e.getMessage()), e);
      }
    }

    float[] features(long number) throws IOException {
      String place = "%s, row %d".formatted(file, number);
      int expected = csv.getHeaderNames().size();
      if (record.size() != expected) {
        throw new IOException(
            "%s: %d columns, but the header has %d".formatted(place, record.size(), expected));
      }
      return FeatureText.parse(place, columns.stream().map(record::get).toList(), featureCount);
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }

  private List<Integer> columns(List<String> header) throws IOException {
    List<Integer> columns = new ArrayList<>();
    if (names.isEmpty() || names.stream().noneMatch(header::contains)) {
      if (header.size() != featureCount) {
        throw new IOException(
            ("%s: %d columns in the header, but the model takes %d features and has no names for"
                    + " them that are in the header: keep the columns of the features only, or give"
                    + " --feature-names")
                .formatted(file, header.size(), featureCount));
      }
      for (int i = 0; i < featureCount; i++) {
        columns.add(i);
      }
      return columns;
    }
    for (String name : names) {
      int column = header.indexOf(name);
      if (column < 0) {
        throw new IOException(
            "%s: no column '%s', which the model takes as a feature".formatted(file, name));
      }
      columns.add(column);
    }
    return columns;
  }
}
