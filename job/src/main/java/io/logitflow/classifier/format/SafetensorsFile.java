package io.logitflow.classifier.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tensors of a safetensors file: 8 bytes with the length of the header (little-endian), the
 * header in JSON, and the data. Everything that the header claims is checked against the size of
 * the file before it is used.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class SafetensorsFile {

  /** The limit of the reference implementation. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final Map<String, Integer> ELEMENT_SIZES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F32", 4),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry("F64", 8));

  /** A tensor as the header describes it. */
  private record Entry(String name, String type, int[] shape, long from, long to) {}

  private final Path file;
  private final byte[] bytes;
  private final int dataFrom;
  private final Map<String, Entry> entries = new TreeMap<>();

  private SafetensorsFile(Path file, byte[] bytes, int dataFrom) {
    this.file = file;
    this.bytes = bytes;
    this.dataFrom = dataFrom;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException if it is no safetensors file; the message names file, tensor and
   *     reason
   */
  static SafetensorsFile read(Path file) throws IOException, InvalidModelException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < Long.BYTES) {
      throw invalid(file, bytes.length + " bytes, the length of the header alone has 8");
    }
    long headerLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long most = Math.min(MAX_HEADER_BYTES, bytes.length - Long.BYTES);
    if (headerLength < 2 || headerLength > most) {
      throw invalid(
          file,
          "the header is said to have "
              + Long.toUnsignedString(headerLength)
              + " bytes, expected 2 to "
              + most);
    }
    int dataFrom = Long.BYTES + (int) headerLength;
    SafetensorsFile tensors = new SafetensorsFile(file, bytes, dataFrom);
    tensors.readHeader(new String(bytes, Long.BYTES, (int) headerLength, StandardCharsets.UTF_8));
    tensors.checkLayout();
    return tensors;
  }

  /** The names of the tensors, sorted. */
  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  boolean contains(String name) {
    return entries.containsKey(name);
  }

  /** Number of dimensions of a tensor. */
  int rank(String name) {
    return entries.get(name).shape().length;
  }

  /**
   * A tensor of float32 or float64 values.
   *
   * @throws InvalidModelException if it has another type
   */
  Tensor tensor(String name) throws InvalidModelException {
    Entry entry = entries.get(name);
    Tensor.ElementType type =
        switch (entry.type()) {
          case "F32" -> Tensor.ElementType.FLOAT32;
          case "F64" -> Tensor.ElementType.FLOAT64;
          default ->
              throw invalid(
                  file,
                  "tensor '" + name + "' has the type " + entry.type() + ", expected F32 or F64");
        };
    int from = dataFrom + (int) entry.from();
    return Tensor.of(
        file + ": tensor '" + name + "'",
        type,
        entry.shape(),
        Arrays.copyOfRange(bytes, from, dataFrom + (int) entry.to()));
  }

  InvalidModelException invalid(String problem) {
    return invalid(file, problem);
  }

  private static InvalidModelException invalid(Path file, String problem) {
    return new InvalidModelException(file + ": " + problem);
  }

  private void readHeader(String text) throws InvalidModelException {
    JsonNode header;
    try {
      header = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw invalid("the header is no JSON: " + e.getOriginalMessage());
    }
    if (!header.isObject()) {
      throw invalid("the header is no JSON object");
    }
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
  }

  private Entry entry(String name, JsonNode description) throws InvalidModelException {
    String type = description.path("dtype").asText();
    Integer elementSize = ELEMENT_SIZES.get(type);
    if (elementSize == null) {
      throw invalid("tensor '" + name + "' has the unknown type '" + type + "'");
    }
    JsonNode offsets = description.path("data_offsets");
    int size = bytes.length - dataFrom;
    if (!offsets.isArray() || offsets.size() != 2) {
      throw invalid("tensor '" + name + "' has no pair of data_offsets");
    }
    long from = offset(name, offsets.get(0));
    long to = offset(name, offsets.get(1));
    if (from < 0 || from > to || to > size) {
      throw invalid(
          "tensor '%s' is said to be at bytes %d to %d of %d bytes of data"
              .formatted(name, from, to, size));
    }
    int[] shape = shape(name, description.path("shape"));
    long bytesNeeded = elementSize;
    for (int length : shape) {
      bytesNeeded = multiply(name, bytesNeeded, length);
    }
    if (bytesNeeded != to - from) {
      throw invalid(
          "tensor '%s' of shape %s and type %s needs %d bytes and has %d"
              .formatted(name, Arrays.toString(shape), type, bytesNeeded, to - from));
    }
    return new Entry(name, type, shape, from, to);
  }

  private long multiply(String name, long size, int length) throws InvalidModelException {
    try {
      return Math.multiplyExact(size, (long) length);
    } catch (ArithmeticException e) {
      throw invalid("tensor '" + name + "' is larger than can be addressed");
    }
  }

  private long offset(String name, JsonNode offset) throws InvalidModelException {
    if (!offset.isIntegralNumber() || !offset.canConvertToLong()) {
      throw invalid("tensor '" + name + "' has the offset " + offset + ", expected an integer");
    }
    return offset.longValue();
  }

  private int[] shape(String name, JsonNode lengths) throws InvalidModelException {
    if (!lengths.isArray()) {
      throw invalid("tensor '" + name + "' has no shape");
    }
    int[] shape = new int[lengths.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode length = lengths.get(i);
      if (!length.isIntegralNumber() || !length.canConvertToInt() || length.intValue() < 0) {
        throw invalid("tensor '" + name + "' has the shape " + lengths);
      }
      shape[i] = length.intValue();
    }
    return shape;
  }

  /** The tensors must cover the data without overlaps and holes. */
  private void checkLayout() throws InvalidModelException {
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
    long end = 0;
    for (Entry entry : inOrder) {
      if (entry.from() != end) {
        throw invalid(
            "tensor '%s' begins at byte %d of the data, expected %d: tensors must neither overlap nor leave holes"
                .formatted(entry.name(), entry.from(), end));
      }
      end = entry.to();
    }
    if (end != bytes.length - dataFrom) {
      throw invalid(
          "the tensors end at byte %d of the data, which has %d"
              .formatted(end, bytes.length - dataFrom));
    }
  }
}
