package io.logitflow.classifier.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.ModelPart;
import io.logitflow.classifier.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A part of a model without weights as JSON: its type alone, {@code "relu"}, or an object of its
 * type, numbers and arrays of integers, {@code {"type": "two_level_softmax", "groups": [0, 0, 1]}}.
 */
final class PartJson {

  private static final String TYPE = "type";

  private PartJson() {}

  /**
   * Reads a part.
   *
   * @param where place of the part, for errors
   */
  static ModelPart read(String where, JsonNode node) throws InvalidModelException {
    if (node.isTextual()) {
      return new ModelPart(type(node), Map.of(), Map.of());
    }
    if (!node.path(TYPE).isTextual()) {
      throw new InvalidModelException(
          "%s is %.100s, expected a name or an object with a \"type\"".formatted(where, node));
    }
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, Double> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value.isNumber()) {
        parameters.put(entry.getKey(), value.doubleValue());
      } else if (isIntegers(value)) {
        int[] integers = new int[value.size()];
        Arrays.setAll(integers, i -> value.get(i).intValue());
        tensors.put(entry.getKey(), Tensor.int32(integers, integers.length));
      } else if (!entry.getKey().equals(TYPE)) {
        throw new InvalidModelException(
            "%s: %s is %.100s, expected a number or an array of integers"
                .formatted(where, entry.getKey(), value));
      }
    }
    return new ModelPart(type(node.get(TYPE)), tensors, parameters);
  }

  private static String type(JsonNode text) {
    return text.textValue().toUpperCase(Locale.ROOT);
  }

  private static boolean isIntegers(JsonNode node) {
    boolean integers = node.isArray() && !node.isEmpty();
    for (JsonNode element : node) {
      integers &= element.canConvertToInt() && element.canConvertToExactIntegral();
    }
    return integers;
  }

  /** Writes a part whose tensors hold integers. */
  static void write(ModelPart part, ObjectNode node) {
    node.put(TYPE, part.type().toLowerCase(Locale.ROOT));
    part.parameters().forEach(node::put);
    part.tensors()
        .forEach(
            (name, tensor) -> {
              ArrayNode array = node.putArray(name);
              for (int value : tensor.toInts()) {
                array.add(value);
              }
            });
  }

  /** The part with a number that it may leave out, if it is of that type. */
  static ModelPart withDefault(ModelPart part, String type, String name, double value) {
    if (!part.type().equals(type) || part.parameters().containsKey(name)) {
      return part;
    }
    Map<String, Double> parameters = new HashMap<>(part.parameters());
    parameters.put(name, value);
    return new ModelPart(type, part.tensors(), parameters);
  }
}
