package io.logitflow.generator.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Opens data sets. */
public final class DatasetCatalogue {
  /** Name of the synthetic stream. */
  public static final String SYNTHETIC = "synthetic";

  private DatasetCatalogue() {}

  /** Names of the data sets that are shipped inside the program. */
  public static List<String> shipped() {
    return List.of(FashionMnist.NAME, Flights.NAME, Digits.NAME);
  }

  /**
   * Opens a shipped data set: {@code fashion-mnist} (test part only), {@code flights} or {@code
   * digits}.
   *
   * @throws DatasetException if there is none of that name
   */
  public static Dataset open(String name) throws DatasetException {
    return switch (name) {
      case FashionMnist.NAME -> FashionMnist.shipped();
      case Flights.NAME -> Flights.shipped(Optional.empty());
      case Digits.NAME -> Digits.shipped();
      default ->
          throw new DatasetException(
              "no data set '" + name + "'; there are: " + String.join(", ", shipped()));
    };
  }

  /**
   * Opens Fashion-MNIST from a folder with its IDX files, plain or {@code .gz}: the original ones,
   * or {@code train-a} and {@code train-b} parts.
   */
  public static Dataset openFashionMnist(Path folder) throws DatasetException {
    return FashionMnist.open(folder);
  }

  /**
   * Opens the shipped flights with a segment for each row.
   *
   * @param segmentColumn column to take the segment from, such as {@code origin}
   */
  public static Dataset openFlights(String segmentColumn) throws DatasetException {
    return Flights.shipped(Optional.of(segmentColumn));
  }

  /** Reads a CSV file, plain or {@code .gz}, into memory. */
  public static Dataset openCsv(Path file, CsvColumns columns) throws DatasetException {
    return CsvDataset.open(file, columns);
  }

  /**
   * A synthetic stream with known true class probabilities.
   *
   * @param rows rows of a pass
   * @param seed of the rows
   */
  public static Dataset synthetic(SyntheticModel model, int rows, long seed) {
    return Dataset.unsplit(
        SYNTHETIC,
        IntStream.range(0, model.classCount()).mapToObj(k -> "class-" + k).toList(),
        List.of(),
        new SyntheticRows(model, rows, seed));
  }

  /**
   * Draws the model of a synthetic stream.
   *
   * @throws IllegalArgumentException unless there is at least 1 feature and at least 2 classes, and
   *     at most 2^26 weights
   */
  public static SyntheticModel syntheticModel(int features, int classes, long seed) {
    return sparseSyntheticModel(features, features, classes, seed);
  }

  /**
   * Draws the model of a synthetic stream of sparse records.
   *
   * @param nonZeros how many features of a record are not 0; with all of them it is dense
   * @throws IllegalArgumentException unless there is at least 1 feature and at least 2 classes, and
   *     at most 2^26 weights; or unless 1 to all features are not 0
   */
  public static SyntheticModel sparseSyntheticModel(
      int features, int nonZeros, int classes, long seed) {
    return new SyntheticModel(features, nonZeros, classes, seed);
  }
}
