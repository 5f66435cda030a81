package io.logitflow.endtoend;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A model that was trained elsewhere, and what its trainers say of the rows of the test split.
 *
 * @param name name of the model
 * @param dataset data set that it was trained on
 * @param rows rows of the test split
 * @param correct how many of them the model classifies correctly
 */
record ReferenceModel(String name, String dataset, int rows, int correct) {

  static final ReferenceModel FASHION_SGD = of("fashion-sgd", "fashion-mnist", 10_000, 8331);
  static final ReferenceModel FASHION_LBFGS = of("fashion-lbfgs", "fashion-mnist", 10_000, 8381);
  static final ReferenceModel DIGITS_SGD = of("digits-sgd", "digits", 397, 326);
  static final ReferenceModel DIGITS_LBFGS = of("digits-lbfgs", "digits", 397, 358);
  static final ReferenceModel FLIGHTS_SGD = of("flights-sgd", "flights", 30_000, 10_338);
  static final ReferenceModel FLIGHTS_LBFGS = of("flights-lbfgs", "flights", 30_000, 10_459);
  static final List<ReferenceModel> ALL =
      List.of(FASHION_SGD, FASHION_LBFGS, DIGITS_SGD, DIGITS_LBFGS, FLIGHTS_SGD, FLIGHTS_LBFGS);

  /**
   * A row of the test split.
   *
   * @param label true class
   * @param prediction predicted class
   * @param probabilities in float64, before temperature scaling
   */
  record ExpectedRow(int label, int prediction, double[] probabilities) {}

  private static ReferenceModel of(String name, String dataset, int rows, int correct) {
    return new ReferenceModel(name, dataset, rows, correct);
  }

  /** Version 1 of the model, from the file that its trainer wrote. */
  Model model() throws IOException, InvalidModelException {
    Path file = Files.createTempFile(name, ".safetensors");
    try (InputStream in =
        ReferenceModel.class.getResourceAsStream(
            "/io/logitflow/demo/models/" + name + ".safetensors")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return SafetensorsFormat.read(file).name(name).createdAt(Instant.EPOCH).build();
    } finally {
      Files.delete(file);
    }
  }

  /** The first 200 rows of the test split. */
  List<ExpectedRow> expectedRows() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ReferenceModel.class.getResourceAsStream(name + "-rows200.csv"),
                StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(ReferenceModel::expectedRow).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExpectedRow expectedRow(String line) {
    String[] cells = line.split(",", -1);
    return new ExpectedRow(
        Integer.parseInt(cells[0]),
        Integer.parseInt(cells[1]),
        Arrays.stream(cells, 2, cells.length).mapToDouble(Double::parseDouble).toArray());
  }

  @Override
  public String toString() {
    return name;
  }
}
