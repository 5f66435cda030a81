package io.logitflow.classifier.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lays out a safetensors file. */
final class SafetensorsWriter {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** The whole file; the data starts 8-byte aligned. */
  static byte[] bytes(Map<String, Tensor> tensors, Model model) {
    ObjectNode header = JSON.createObjectNode();
    header
        .putObject("__metadata__")
        .put("format", "pt")
        .put("model", model.name())
        .put("version", String.valueOf(model.version()));
    int offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      int end = Math.addExact(offset, entry.getValue().bytes().remaining());
      describe(header.putObject(entry.getKey()), entry.getValue(), offset, end);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] file = new byte[Math.addExact(Long.BYTES + padded, offset)];
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded).put(json);
    while (buffer.position() < Long.BYTES + padded) {
      buffer.put((byte) ' ');
    }
    tensors.values().forEach(tensor -> buffer.put(tensor.bytes()));
    return file;
  }

  private static void describe(ObjectNode node, Tensor tensor, int begin, int end) {
    node.put(
        "dtype",
        switch (tensor.elementType()) {
          case FLOAT32 -> "F32";
          case FLOAT64 -> "F64";
          case INT32 -> "I32";
        });
    ArrayNode shape = node.putArray("shape");
    for (int dimension = 0; dimension < tensor.rank(); dimension++) {
      shape.add(tensor.length(dimension));
    }
    node.putArray("data_offsets").add(begin).add(end);
  }
}
