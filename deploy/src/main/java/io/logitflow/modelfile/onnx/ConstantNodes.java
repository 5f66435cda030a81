package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes that do not take the features: their results are constants. */
final class ConstantNodes {

  private ConstantNodes() {}

  /** The result of a node; empty if it is beyond what linear layers are made of. */
  static Optional<Constant> evaluate(Node node) throws NotLayersException, InvalidModelException {
    if (node.operator().equals("Constant")) {
      return constant(node);
    }
    if (!node.isConstant(0)) {
      return Optional.empty();
    }
    Constant input = node.constant(0);
    return switch (node.operator()) {
      case "Identity" -> Optional.of(input);
      case "Cast" -> cast(node, input);
      case "Transpose" -> transpose(node, input);
      case "Reshape" -> reshape(node, input);
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> constant(Node node) throws InvalidModelException {
    Optional<TensorProto> tensor = node.tensor("value");
    return tensor.isPresent() ? Constant.of(node.output(0), tensor.get()) : Optional.empty();
  }

  /** To the type that it has. */
  private static Optional<Constant> cast(Node node, Constant input) throws InvalidModelException {
    long to = node.integer("to", 0);
    boolean isSame =
        input.integers().isPresent()
            ? to == DataType.INT64_VALUE
            : to
                == (input.numbers().orElseThrow().elementType() == Tensor.ElementType.FLOAT32
                    ? DataType.FLOAT_VALUE
                    : DataType.DOUBLE_VALUE);
    return isSame ? Optional.of(input) : Optional.empty();
  }

  private static Optional<Constant> transpose(Node node, Constant input)
      throws InvalidModelException {
    List<Long> permutation = node.integers("perm").orElse(List.of(1L, 0L));
    if (input.numbers().isEmpty()
        || input.shape().size() != 2
        || !permutation.equals(List.of(1L, 0L))) {
      return Optional.empty();
    }
    return Optional.of(Constant.of(input.name(), Constant.transposed(input.numbers().get())));
  }

  private static Optional<Constant> reshape(Node node, Constant input)
      throws NotLayersException, InvalidModelException {
    boolean zeroIsZero = node.integer("allowzero", 0) != 0;
    if (!node.isConstant(1) || node.constant(1).integers().isEmpty()) {
      return Optional.empty();
    }
    long[] target = node.constant(1).integers().get();
    List<Integer> shape = new ArrayList<>();
    long known = 1;
    int open = -1;
    for (int i = 0; i < target.length; i++) {
      long length = target[i];
      if (length == 0 && !zeroIsZero && i < input.shape().size()) {
        length = input.shape().get(i);
      }
      if (length == -1 && open < 0) {
        open = i;
        length = 1;
      }
      if (length < 1 || length > input.size()) {
        return Optional.empty();
      }
      known = Math.min(known * length, Integer.MAX_VALUE);
      shape.add((int) length);
    }
    if (open >= 0) {
      shape.set(open, (int) (input.size() / known));
      known *= shape.get(open);
    }
    return known == input.size() ? Optional.of(input.reshaped(shape)) : Optional.empty();
  }
}
