package io.logitflow.generator.dataset;

import java.util.List;
import java.util.Optional;

/**
 * What the columns of a CSV file mean.
 *
 * @param label true class: a class name, or an index from 0
 * @param id names the record; unique
 * @param time ISO 8601 ({@code 2001-01-31T23:59}, UTC unless it says otherwise) or milliseconds
 *     since 1970
 * @param segment part of the traffic
 * @param features numbers, in the order of the model; empty: every other column
 * @param classNames in the order of the label indices; empty: found in the file
 */
public record CsvColumns(
    String label,
    Optional<String> id,
    Optional<String> time,
    Optional<String> segment,
    List<String> features,
    List<String> classNames) {

  /** Copies the lists. */
  public CsvColumns {
    features = List.copyOf(features);
    classNames = List.copyOf(classNames);
  }

  /** A label and otherwise features. */
  public static CsvColumns labelledBy(String label) {
    return new CsvColumns(
        label, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
  }
}
