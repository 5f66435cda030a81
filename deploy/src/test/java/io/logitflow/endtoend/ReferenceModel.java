package io.logitflow.endtoend;

import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The weights. */
  Model model() throws Exception {
    try (InputStream in =
        ReferenceModel.class.getResourceAsStream(
            "/io/logitflow/demo/models/" + name + ".safetensors")) {
      byte[] file = in.readAllBytes();
      int headerLength = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      String header = new String(file, 8, headerLength, StandardCharsets.UTF_8);
      Model.Builder builder =
          Model.builder()
              .name(name)
              .version(1)
              .createdAt(Instant.EPOCH)
              .layers(
                  List.of(
                      LinearLayer.of(
                          tensor(file, header, "linear.weight").orElseThrow(),
                          tensor(file, header, "linear.bias").orElseThrow())));
      Optional<Tensor> mean = tensor(file, header, "normaliser.mean");
      if (mean.isPresent()) {
        builder.normaliser(
            new Normaliser(mean.get(), tensor(file, header, "normaliser.std").orElseThrow()));
      }
      return builder.build();
    }
  }

  private static Optional<Tensor> tensor(byte[] file, String header, String name) throws Exception {
    Matcher found =
        Pattern.compile(
                '"'
                    + Pattern.quote(name)
                    + "\":\\{\"dtype\":\"F(32|64)\",\"shape\":\\[([0-9,]+)],\"data_offsets\":\\[(\\d+),(\\d+)]")
            .matcher(header);
    if (!found.find()) {
      return Optional.empty();
    }
    int from = 8 + header.getBytes(StandardCharsets.UTF_8).length;
    return Optional.of(
        Tensor.of(
            name,
            found.group(1).equals("32") ? Tensor.ElementType.FLOAT32 : Tensor.ElementType.FLOAT64,
            Arrays.stream(found.group(2).split(",")).mapToInt(Integer::parseInt).toArray(),
            Arrays.copyOfRange(
                file,
                from + Integer.parseInt(found.group(3)),
                from + Integer.parseInt(found.group(4)))));
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
