package io.logitflow.generator.dataset;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows with features and true classes, in splits.
 *
 * @param name what the record ids begin with
 * @param classNames name of each class, in the order of the label indices
 * @param featureNames name of each feature, in order; empty if they have none
 * @param splits the rows of each split that is at hand; not empty
 * @param defaultSplit the split that is meant when none is named
 */
public record Dataset(
    String name,
    List<String> classNames,
    List<String> featureNames,
    Map<Split, Rows> splits,
    Split defaultSplit) {

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the default split is missing
   */
  public Dataset {
    classNames = List.copyOf(classNames);
    featureNames = List.copyOf(featureNames);
    splits = Map.copyOf(splits);
    if (!splits.containsKey(defaultSplit)) {
      throw new IllegalArgumentException("no rows for the default split " + defaultSplit.text());
    }
  }

  /** A data set that is not split. */
  static Dataset unsplit(
      String name, List<String> classNames, List<String> featureNames, Rows rows) {
    return new Dataset(name, classNames, featureNames, Map.of(Split.ALL, rows), Split.ALL);
  }

  /** A data set whose first rows are train, the next validation and the rest test. */
  static Dataset inFileOrder(
      String name,
      List<String> classNames,
      List<String> featureNames,
      Rows all,
      int train,
      int validation) {
    int before = train + validation;
    Map<Split, Rows> splits =
        Map.of(
            Split.ALL, all,
            Split.TRAIN, new RowRange(all, 0, train),
            Split.VALIDATION, new RowRange(all, train, validation),
            Split.TEST, new RowRange(all, before, all.size() - before));
    return new Dataset(name, classNames, featureNames, splits, Split.TEST);
  }

  /**
   * The rows of a split.
   *
   * @throws IllegalArgumentException if the split is not at hand; the message names those that are
   */
  public Rows rows(Split split) {
    Rows rows = splits.get(split);
    if (rows == null) {
      String present =
          splits.keySet().stream().sorted().map(Split::text).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          name + " has no split '" + split.text() + "' here; it has: " + present);
    }
    return rows;
  }
}
