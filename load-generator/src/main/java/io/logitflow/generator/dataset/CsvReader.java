package io.logitflow.generator.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads a CSV file with a header (RFC 4180, UTF-8), one record at a time, and says file, line and
 * column of whatever is wrong. Not thread-safe.
 */
final class CsvReader implements AutoCloseable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .setIgnoreEmptyLines(true)
          .get();

  private final String source;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private CSVRecord record;

  /** Opens a file and reads its header. */
  CsvReader(Source source) throws DatasetException {
    this.source = source.name();
    try {
      this.parser =
          CSVParser.builder()
              .setReader(
                  new BufferedReader(
                      new InputStreamReader(
                          source.open(),
                          StandardCharsets.UTF_8
                              .newDecoder()
                              .onMalformedInput(CodingErrorAction.REPORT)
                              .onUnmappableCharacter(CodingErrorAction.REPORT))))
              .setFormat(FORMAT)
              .get();
    } catch (IOException e) {
      throw new DatasetException(this.source + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(this.source + ": bad header: " + e.getMessage(), e);
    }
    this.records = parser.iterator();
    if (header().isEmpty()) {
      throw new DatasetException(this.source + ": empty, expected a line of column names");
    }
  }

  /** Names of the columns, in order. */
  List<String> header() {
    return parser.getHeaderNames();
  }

  /**
   * Place of a column.
   *
   * @throws DatasetException if there is none of that name
   */
  int column(String name) throws DatasetException {
    int column = header().indexOf(name);
    if (column < 0) {
      throw new DatasetException(
          source + ": no column '" + name + "'; it has: " + String.join(", ", header()));
    }
    return column;
  }

  /** Goes to the next record, if there is one. */
  boolean next() throws DatasetException {
    try {
      if (!records.hasNext()) {
        return false;
      }
      record = records.next();
    } catch (UncheckedIOException | IllegalStateException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new DatasetException(
          source + ", line " + (line() + 1) + ": not readable as CSV: " + reason.getMessage(), e);
    }
    if (record.size() != header().size()) {
      throw new DatasetException(
          source
              + ", line "
              + line()
              + ": "
              + record.size()
              + " columns, expected "
              + header().size()
              + " as in the header");
    }
    return true;
  }

  /** The text of a column. */
  String text(int column) {
    return record.get(column);
  }

  /** The finite number in a column. */
  double number(int column) throws DatasetException {
    String text = record.get(column);
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(column, "a number");
    }
    if (!Float.isFinite((float) value)) {
      throw wrong(column, "a finite number within the range of float32");
    }
    return value;
  }

  /** A record that cannot be used: says where, what stands there and what was expected. */
  DatasetException wrong(int column, String expected) {
    return new DatasetException(
        source
            + ", line "
            + line()
            + ", column '"
            + header().get(column)
            + "': '"
            + record.get(column)
            + "', expected "
            + expected);
  }

  /** The whole file cannot be used. */
  DatasetException wrong(String problem) {
    return new DatasetException(source + ": " + problem);
  }

  /** Line of the record, from 1; of its last line where it has several. */
  long line() {
    return parser.getCurrentLineNumber();
  }

  @Override
  public void close() throws DatasetException {
    try {
      parser.close();
    } catch (IOException e) {
      throw new DatasetException(source + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
