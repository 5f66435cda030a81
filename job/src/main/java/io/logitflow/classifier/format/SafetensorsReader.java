package io.logitflow.classifier.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a safetensors file: the length of the header as a 64-bit little-endian integer,
 * the header in JSON, then the bytes of the tensors, which need not be aligned. The tensors must
 * cover the bytes without overlap or gap, as the format wants.
 */
final class SafetensorsReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String METADATA = "__metadata__";

  /** Dimensions of any tensor that a model could be made of, and then some. */
  private static final int MAX_RANK = 8;

  private final String file;
  private final byte[] bytes;
  private final int bodyStart;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  /** One tensor; offsets are within the body. */
  private record Entry(String name, String elementType, List<Integer> shape, long begin, long end) {
    int[] lengths() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private SafetensorsReader(
      String file,
      byte[] bytes,
      int bodyStart,
      Map<String, Entry> entries,
      Map<String, String> metadata) {
    this.file = file;
    this.bytes = bytes;
    this.bodyStart = bodyStart;
    this.entries = entries;
    this.metadata = metadata;
  }

  static SafetensorsReader of(String file, byte[] bytes) throws InvalidModelException {
    if (bytes.length < Long.BYTES) {
      throw new InvalidModelException(
          "%s: %d bytes, expected a safetensors file of at least 8".formatted(file, bytes.length));
    }
    long headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (headerLength < 2 || headerLength > bytes.length - Long.BYTES) {
      throw new InvalidModelException(
          "%s: header length %s, expected 2 to %d, the bytes that follow: truncated, or not a safetensors file"
              .formatted(file, Long.toUnsignedString(headerLength), bytes.length - Long.BYTES));
    }
    int bodyStart = Long.BYTES + (int) headerLength;
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    JsonNode header = header(file, bytes, (int) headerLength);
    for (Map.Entry<String, JsonNode> property : header.properties()) {
      if (property.getKey().equals(METADATA)) {
        property
            .getValue()
            .properties()
            .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        entries.put(property.getKey(), entry(file, property.getKey(), property.getValue()));
      }
    }
    checkCoverage(file, entries, bytes.length - bodyStart);
    return new SafetensorsReader(file, bytes, bodyStart, entries, metadata);
  }

  private static JsonNode header(String file, byte[] bytes, int length)
      throws InvalidModelException {
    JsonNode header;
    try {
      header = JSON.readTree(bytes, Long.BYTES, length);
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(
          "%s: the header is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new InvalidModelException("%s: the header is not JSON: %s".formatted(file, e), e);
    }
    if (!header.isObject()) {
      throw new InvalidModelException(
          "%s: the header is a JSON %s, expected an object".formatted(file, header.getNodeType()));
    }
    return header;
  }

  private static Entry entry(String file, String name, JsonNode node) throws InvalidModelException {
    JsonNode offsets = node.path("data_offsets");
    if (!node.path("dtype").isTextual()
        || offsets.size() != 2
        || !isOffset(offsets.get(0))
        || !isOffset(offsets.get(1))
        || offsets.get(0).longValue() > offsets.get(1).longValue()) {
      throw new InvalidModelException(
          "%s: tensor \"%s\" is described by %.200s, expected dtype, shape and ascending data_offsets"
              .formatted(file, name, node));
    }
    return new Entry(
        name,
        node.get("dtype").textValue(),
        shape(file, name, node.path("shape")),
        offsets.get(0).longValue(),
        offsets.get(1).longValue());
  }

  private static boolean isOffset(JsonNode node) {
    return node.canConvertToExactIntegral() && node.canConvertToLong() && node.longValue() >= 0;
  }

  private static List<Integer> shape(String file, String name, JsonNode node)
      throws InvalidModelException {
    List<Integer> shape = new ArrayList<>();
    boolean valid = node.isArray() && node.size() <= MAX_RANK;
    for (JsonNode length : node) {
      valid = valid && length.canConvertToExactIntegral() && length.canConvertToInt();
      shape.add(length.intValue());
    }
    if (!valid) {
      throw new InvalidModelException(
          "%s: tensor \"%s\" has shape %.200s, expected an array of up to %d integers"
              .formatted(file, name, node, MAX_RANK));
    }
    return List.copyOf(shape);
  }

  private static void checkCoverage(String file, Map<String, Entry> entries, int bodyLength)
      throws InvalidModelException {
    List<Entry> sorted =
        entries.values().stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    long end = 0;
    for (Entry entry : sorted) {
      if (entry.end() > bodyLength) {
        throw new InvalidModelException(
            "%s: tensor \"%s\" ends at byte %d of the data, expected at most %d: the file is truncated"
                .formatted(file, entry.name(), entry.end(), bodyLength));
      }
      if (entry.begin() != end) {
        throw new InvalidModelException(
            "%s: tensor \"%s\" begins at byte %d of the data, expected %d: tensors overlap or leave a gap"
                .formatted(file, entry.name(), entry.begin(), end));
      }
      end = entry.end();
    }
    if (end != bodyLength) {
      throw new InvalidModelException(
          "%s: %d bytes of data after the last tensor, expected none"
              .formatted(file, bodyLength - end));
    }
  }

  /** Names of the tensors, in the order of the file. */
  Set<String> names() {
    return entries.keySet();
  }

  /** What the file says about itself. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** A tensor by its name, one of {@link #names}. */
  Tensor tensor(String name) throws InvalidModelException {
    Entry entry = entries.get(name);
    String where = "%s: tensor \"%s\"".formatted(file, name);
    Tensor.ElementType elementType =
        switch (entry.elementType()) {
          case "F32" -> Tensor.ElementType.FLOAT32;
          case "F64" -> Tensor.ElementType.FLOAT64;
          case "I32" -> Tensor.ElementType.INT32;
          default ->
              throw new InvalidModelException(
                  "%s has dtype %.20s, expected F32, F64 or I32"
                      .formatted(where, entry.elementType()));
        };
    return Tensor.of(
        where,
        elementType,
        entry.lengths(),
        Arrays.copyOfRange(bytes, bodyStart + (int) entry.begin(), bodyStart + (int) entry.end()));
  }
}
