package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.logitflow.classifier.InvalidModelException;
import java.util.OptionalInt;

/** Checks every tensor of a graph, whatever it is for: an engine would say less, and later. */
final class TensorChecks {

  private TensorChecks() {}

  /**
   * Checks a graph and the graphs in it.
   *
   * @throws InvalidModelException naming the tensor and the reason
   */
  static void check(GraphProto graph) throws InvalidModelException {
    for (TensorProto tensor : graph.getInitializerList()) {
      check("tensor \"%s\"".formatted(tensor.getName()), tensor);
    }
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasT()) {
          check(
              "tensor \"%s\" of %s".formatted(attribute.getName(), Node.where(node)),
              attribute.getT());
        }
        if (attribute.hasG()) {
          check(attribute.getG());
        }
        for (GraphProto inner : attribute.getGraphsList()) {
          check(inner);
        }
      }
    }
  }

  private static void check(String where, TensorProto tensor) throws InvalidModelException {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw new InvalidModelException(
          ("%s has its values in another file: export with external_data=False, or load and save"
                  + " the model with onnx.save, which writes one file")
              .formatted(where));
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null || type == TensorProto.DataType.UNDEFINED) {
      throw new InvalidModelException(
          "%s has element type %d, which ONNX does not have"
              .formatted(where, tensor.getDataType()));
    }
    long elements = elements(where, tensor);
    OptionalInt size = ElementSize.of(type);
    if (tensor.hasRawData() && size.isPresent()) {
      // Not more than an int holds, or the product could overflow.
      long expected = Math.min(elements, Integer.MAX_VALUE) * size.getAsInt();
      if (tensor.getRawData().size() != expected) {
        throw new InvalidModelException(
            "%s has %d bytes of values, expected %s for %s of shape %s"
                .formatted(
                    where,
                    tensor.getRawData().size(),
                    elements > Integer.MAX_VALUE ? "more than 2 GiB" : String.valueOf(expected),
                    type,
                    tensor.getDimsList()));
      }
    } else if (!tensor.hasRawData() && listed(tensor, type).isPresent()) {
      long listed = listed(tensor, type).getAsInt();
      if (listed != elements) {
        throw new InvalidModelException(
            "%s has %d values, expected %d for shape %s"
                .formatted(where, listed, elements, tensor.getDimsList()));
      }
    }
  }

  /** Number of elements; beyond what a file can hold the exact product does not matter. */
  private static long elements(String where, TensorProto tensor) throws InvalidModelException {
    long elements = 1;
    for (long length : tensor.getDimsList()) {
      if (length < 0) {
        throw new InvalidModelException(
            "%s has length %d in shape %s, expected 0 or more"
                .formatted(where, length, tensor.getDimsList()));
      }
      elements =
          Math.min(elements, Integer.MAX_VALUE + 1L) * Math.min(length, Integer.MAX_VALUE + 1L);
    }
    return elements;
  }

  private static OptionalInt listed(TensorProto tensor, TensorProto.DataType type) {
    return switch (type) {
      case FLOAT -> OptionalInt.of(tensor.getFloatDataCount());
      case DOUBLE -> OptionalInt.of(tensor.getDoubleDataCount());
      case INT64 -> OptionalInt.of(tensor.getInt64DataCount());
      case INT32, INT16, INT8, UINT16, UINT8, BOOL, FLOAT16, BFLOAT16 ->
          OptionalInt.of(tensor.getInt32DataCount());
      case UINT32, UINT64 -> OptionalInt.of(tensor.getUint64DataCount());
      case STRING -> OptionalInt.of(tensor.getStringDataCount());
      default -> OptionalInt.empty();
    };
  }
}
