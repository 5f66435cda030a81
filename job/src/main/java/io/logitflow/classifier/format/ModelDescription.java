package io.logitflow.classifier.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelPart;
import io.logitflow.classifier.ModelParts;
import io.logitflow.classifier.output.OutputFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the tensors of a file do not say, from the JSON file of the same name beside it:
 *
 * <pre>
 * {
 *   "layers": {"1": {"type": "batch_norm", "epsilon": 1e-5}, "2": "relu", "3": "dropout"},
 *   "output": {"type": "top_k_softmax", "k": 3},
 *   "temperature": 1.2,
 *   "biases": [0.1, -0.1],
 *   "classes": ["shirt", "shoe"],
 *   "features": ["width", "height"]
 * }
 * </pre>
 *
 * Each entry may be left out. Types are those of {@link ModelParts}, in any case.
 *
 * @param place the file, for errors
 * @param layers what is at an index of an {@code nn.Sequential}
 * @param output the output function; empty for softmax
 * @param temperature of the calibration; empty for 1
 * @param biases of the calibration, one for each class; empty for none
 * @param classes names of the classes; empty for numbers
 * @param features names of the features; empty for none
 */
record ModelDescription(
    String place,
    SortedMap<Integer, ModelPart> layers,
    Optional<ModelPart> output,
    Optional<Double> temperature,
    Optional<List<Double>> biases,
    Optional<List<String>> classes,
    Optional<List<String>> features) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Set<String> ENTRIES =
      Set.of("layers", "output", "temperature", "biases", "classes", "features");

  /** Where the description of a file is, if there is one. */
  static Path beside(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".json");
  }

  /** A description that says nothing. */
  static ModelDescription none(Path file) {
    return new ModelDescription(
        file.toString(),
        new TreeMap<>(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads a description.
   *
   * @throws InvalidModelException naming the file, the entry and the reason
   */
  static ModelDescription read(Path file) throws IOException, InvalidModelException {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(
          "%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
    if (!json.isObject()) {
      throw new InvalidModelException(
          "%s holds a JSON %s, expected an object".formatted(file, json.getNodeType()));
    }
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(ENTRIES);
    if (!unknown.isEmpty()) {
      throw new InvalidModelException(
          "%s has the entries %s, expected some of %s"
              .formatted(file, unknown, new TreeSet<>(ENTRIES)));
    }
    JsonNode temperature = json.path("temperature");
    if (!temperature.isMissingNode() && !temperature.isNumber()) {
      throw new InvalidModelException(
          "%s: temperature is %.100s, expected a number".formatted(file, temperature));
    }
    return new ModelDescription(
        file.toString(),
        layers(file, json.path("layers")),
        json.has("output")
            ? Optional.of(PartJson.read(file + ": output", json.get("output")))
            : Optional.empty(),
        temperature.isNumber() ? Optional.of(temperature.doubleValue()) : Optional.empty(),
        biases(file, json.path("biases")),
        names(file, "classes", json.path("classes")),
        names(file, "features", json.path("features")));
  }

  private static SortedMap<Integer, ModelPart> layers(Path file, JsonNode node)
      throws InvalidModelException {
    SortedMap<Integer, ModelPart> layers = new TreeMap<>();
    if (!node.isMissingNode() && !node.isObject()) {
      throw new InvalidModelException(
          "%s: layers is a JSON %s, expected an object".formatted(file, node.getNodeType()));
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!SequentialNames.isIndex(entry.getKey())) {
        throw new InvalidModelException(
            "%s: layers has \"%.40s\", expected indices from 0".formatted(file, entry.getKey()));
      }
      layers.put(
          Integer.valueOf(entry.getKey()),
          PartJson.read("%s: layers.%s".formatted(file, entry.getKey()), entry.getValue()));
    }
    return layers;
  }

  private static Optional<List<Double>> biases(Path file, JsonNode node)
      throws InvalidModelException {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    List<Double> biases = new ArrayList<>();
    boolean valid = node.isArray();
    for (JsonNode bias : node) {
      valid &= bias.isNumber();
      biases.add(bias.doubleValue());
    }
    if (!valid) {
      throw new InvalidModelException(
          "%s: biases is %.100s, expected an array of numbers".formatted(file, node));
    }
    return Optional.of(biases);
  }

  private static Optional<List<String>> names(Path file, String entry, JsonNode node)
      throws InvalidModelException {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    boolean valid = node.isArray();
    for (JsonNode name : node) {
      valid &= name.isTextual();
      names.add(name.asText());
    }
    if (!valid) {
      throw new InvalidModelException(
          "%s: %s is %.100s, expected an array of names".formatted(file, entry, node));
    }
    return Optional.of(names);
  }

  /** Gives a model everything but its layers. */
  void addTo(Model.Builder builder) throws InvalidModelException {
    if (output.isPresent()) {
      builder.outputFunction(outputFunction(output.get()));
    }
    if (temperature.isPresent() || biases.isPresent()) {
      builder.calibration(
          new Calibration(
              1,
              temperature.orElse(1.0),
              biases.orElse(List.of()).stream().mapToDouble(Double::doubleValue).toArray()));
    }
    classes.ifPresent(builder::classNames);
    features.ifPresent(builder::featureNames);
  }

  private OutputFunction outputFunction(ModelPart part) throws InvalidModelException {
    return ModelParts.outputFunction(
        place + ": output", PartJson.withDefault(part, "SIGMOID", "threshold", 0.5));
  }
}
