package io.logitflow.generator.dataset;

import io.logitflow.generator.dataset.TableRows.TableRow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Any CSV file with numeric feature columns. Its rows are not split. */
final class CsvDataset {
  private final CsvReader csv;
  private final int[] features;
  private final int label;
  private final int id;
  private final int time;
  private final int segment;

  private CsvDataset(CsvReader csv, CsvColumns columns) throws DatasetException {
    this.csv = csv;
    this.label = csv.column(columns.label());
    this.id = column(columns.id());
    this.time = column(columns.time());
    this.segment = column(columns.segment());
    if (columns.features().isEmpty()) {
      this.features =
          Stream.iterate(0, i -> i + 1)
              .limit(csv.header().size())
              .filter(i -> i != label && i != id && i != time && i != segment)
              .mapToInt(Integer::intValue)
              .toArray();
    } else {
      this.features = new int[columns.features().size()];
      for (int i = 0; i < features.length; i++) {
        features[i] = csv.column(columns.features().get(i));
      }
    }
    if (features.length == 0) {
      throw csv.wrong("no feature columns: " + String.join(", ", csv.header()));
    }
  }

  /**
   * Reads a file, plain or {@code .gz}, into memory; its name without endings is the data set's.
   */
  static Dataset open(Path file, CsvColumns columns) throws DatasetException {
    try (CsvReader csv = new CsvReader(new Source.OnDisk(file))) {
      return new CsvDataset(csv, columns).read(nameOf(file), columns.classNames());
    }
  }

  private int column(Optional<String> name) throws DatasetException {
    return name.isPresent() ? csv.column(name.get()) : -1;
  }

  private Dataset read(String name, List<String> givenClasses) throws DatasetException {
    List<TableRow> rows = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    Map<String, Long> lineOfId = new HashMap<>();
    ClassNames classes =
        givenClasses.isEmpty() ? ClassNames.found() : ClassNames.given(givenClasses);
    while (csv.next()) {
      float[] values = new float[features.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) csv.number(features[i]);
      }
      String className = csv.text(label);
      if (!classes.accepts(className)) {
        throw csv.wrong(label, classes.expected());
      }
      labels.add(className);
      rows.add(
          new TableRow(
              values, 0, time(), id(lineOfId), segment < 0 ? null : csv.text(segment).intern()));
    }
    if (rows.isEmpty()) {
      throw csv.wrong("no rows under the header");
    }
    TableRows.Builder builder = new TableRows.Builder(features.length, time >= 0);
    for (int i = 0; i < rows.size(); i++) {
      TableRow row = rows.get(i);
      builder.add(
          new TableRow(
              row.features(), classes.index(labels.get(i)), row.time(), row.id(), row.segment()));
    }
    List<String> featureNames = new ArrayList<>();
    for (int feature : features) {
      featureNames.add(csv.header().get(feature));
    }
    return Dataset.unsplit(name, classes.names(), featureNames, builder.build());
  }

  private String id(Map<String, Long> lineOfId) throws DatasetException {
    if (id < 0) {
      return null;
    }
    String text = csv.text(id);
    if (text.isEmpty()) {
      throw csv.wrong(id, "an id");
    }
    Long first = lineOfId.putIfAbsent(text, csv.line());
    if (first != null) {
      throw csv.wrong(id, "an id of its own; line " + first + " has the same");
    }
    return text;
  }

  private long time() throws DatasetException {
    if (time < 0) {
      return 0;
    }
    String text = csv.text(time);
    try {
      if (text.matches("-?[0-9]{1,18}")) {
        return Long.parseLong(text);
      }
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          parsed instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
      return instant.toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException e) {
      throw csv.wrong(time, "a time such as 2001-01-31T23:59 or milliseconds since 1970");
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(\\.csv)?(\\.gz)?$", "");
  }
}
