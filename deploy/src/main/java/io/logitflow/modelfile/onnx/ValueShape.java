package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shapes of inputs and outputs, as far as a file says them. */
final class ValueShape {

  private ValueShape() {}

  /** The inputs that are to be given: files of old list their weights among them. */
  static List<ValueInfoProto> inputs(GraphProto graph) {
    Set<String> weights =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream()
        .filter(input -> !weights.contains(input.getName()))
        .toList();
  }

  /** Whether a value is a tensor of a shape with a dimension for the batch. */
  static boolean hasRows(ValueInfoProto value) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    return value.getType().hasTensorType()
        && tensor.hasShape()
        && tensor.getShape().getDimCount() > 1;
  }

  /** Shape of one row, with lengths that are {@link Chain#UNKNOWN}. */
  static List<Integer> ofRow(ValueInfoProto value) throws NotLayersException {
    if (!hasRows(value)) {
      throw new NotLayersException(
          "the file does not say \"%s\" to have the shape [rows, ...]".formatted(value.getName()));
    }
    return value.getType().getTensorType().getShape().getDimList().stream()
        .skip(1)
        .map(ValueShape::length)
        .toList();
  }

  private static int length(Dimension dimension) {
    long length = dimension.getDimValue();
    return length < 1 || length > Integer.MAX_VALUE ? Chain.UNKNOWN : (int) length;
  }

  /** The number of rows that a network is made for; below 1 for any. */
  static long rows(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDim(0).getDimValue();
  }
}
