package io.logitflow.classifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** 200 real rows with what scikit-learn and torch say of them; see the README beside the files. */
public final class ReferenceRows {

  public static final int ROWS = 200;

  private final String set;
  private final JsonNode expected;
  private final float[] features;
  private final Path weights;

  private ReferenceRows(String set, JsonNode expected, float[] features, Path weights) {
    this.set = set;
    this.expected = expected;
    this.features = features;
    this.weights = weights;
  }

  /** The rows of a set and trainer, e.g. "fashion-sgd". */
  public static ReferenceRows of(String name) throws IOException {
    String set = name.substring(0, name.indexOf('-'));
    try (InputStream in = new GZIPInputStream(resource(name + "-rows200.json.gz").openStream())) {
      JsonNode expected = new ObjectMapper().readTree(in);
      float[] features =
          switch (set) {
            case "fashion" -> pixels("fashion-features200.idx3.gz");
            case "digits" -> csv("digits-features200.csv.gz", 16);
            default -> csv(set + "-features200.csv.gz", 1);
          };
      return new ReferenceRows(set, expected, features, path(name + ".safetensors"));
    }
  }

  /** The weights file. */
  public Path weights() {
    return weights;
  }

  /** The model, not calibrated. */
  public Model model() throws IOException, InvalidModelException {
    return SafetensorsFormat.read(weights)
        .name(set)
        .version(1)
        .createdAt(Instant.parse("2026-01-31T00:00:00Z"))
        .build();
  }

  /**
   * Features as the model takes them, {@code [ROWS, features]}: before its normaliser, if it has
   * one.
   */
  public float[] features() throws IOException, InvalidModelException {
    float[] raw = features.clone();
    Optional<Normaliser> normaliser = model().normaliser();
    if (normaliser.isPresent()) {
      double[] mean = normaliser.get().mean().toDoubles();
      double[] scale = normaliser.get().scale().toDoubles();
      for (int i = 0; i < raw.length; i++) {
        raw[i] = (float) (raw[i] * scale[i % scale.length] + mean[i % mean.length]);
      }
    }
    return raw;
  }

  /** Temperature of the scaled probabilities. */
  public double temperature() {
    return expected.get("temperature").doubleValue();
  }

  /** Predicted classes. */
  public int[] predictions() {
    return values(expected.get("prediction")).mapToInt(JsonNode::intValue).toArray();
  }

  /** One of "logits", "probabilities" and "probabilities_scaled", {@code [ROWS][classes]}. */
  public double[][] expected(String what) {
    return values(expected.get(what))
        .map(row -> values(row).mapToDouble(JsonNode::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  static Stream<JsonNode> values(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static float[] pixels(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(resource(name).openStream())) {
      byte[] idx = in.readAllBytes();
      float[] features = new float[idx.length - 16];
      for (int i = 0; i < features.length; i++) {
        features[i] = (idx[16 + i] & 0xff) / 255f;
      }
      return features;
    }
  }

  private static float[] csv(String name, float divisor) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(resource(name).openStream()), StandardCharsets.UTF_8))) {
      List<String> cells =
          reader.lines().skip(1).flatMap(line -> Arrays.stream(line.split(",", -1))).toList();
      float[] features = new float[cells.size()];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) (Double.parseDouble(cells.get(i)) / divisor);
      }
      return features;
    }
  }

  /** A file of the reference. */
  public static URL resource(String name) {
    return Objects.requireNonNull(
        ReferenceRows.class.getResource("/io/logitflow/classifier/reference/" + name), name);
  }

  private static Path path(String name) {
    try {
      return Path.of(resource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
