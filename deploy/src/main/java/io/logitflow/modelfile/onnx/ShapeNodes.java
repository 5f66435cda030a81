package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.logitflow.classifier.InvalidModelException;
import java.util.Arrays;

/** What leaves the numbers of a row as they are. */
final class ShapeNodes {

  private ShapeNodes() {}

  static String identity(Node node, Chain chain) {
    return node.output(0);
  }

  static String dropout(Node node, Chain chain) throws NotLayersException {
    node.ignore("ratio");
    node.ignore("seed");
    if (node.hasInput(2)) {
      throw node.not("may drop at inference: export the module in the state of inference");
    }
    return node.output(0);
  }

  /** Between float32 and float64; what our layers compute is within the contract of both. */
  static String cast(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    long to = node.integer("to", 0);
    node.ignore("saturate");
    if (to != DataType.FLOAT_VALUE && to != DataType.DOUBLE_VALUE) {
      throw node.not("casts to " + DataType.forNumber((int) to));
    }
    return node.output(0);
  }

  static String flatten(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    long axis = node.integer("axis", 1);
    if (axis != 1) {
      throw node.not("has axis %d, expected 1".formatted(axis));
    }
    chain.flatten();
    return node.output(0);
  }

  /** To {@code [rows, elements]}. */
  static String reshape(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    boolean zeroIsZero = node.integer("allowzero", 0) != 0;
    long[] shape =
        node.constant(1).integers().orElseThrow(() -> node.not("takes a shape of no integers"));
    chain.flatten();
    int width = chain.knownWidth(node);
    boolean keepsRows =
        shape.length == 2
            && ((shape[0] == -1 && shape[1] == width)
                || (shape[0] == 0 && !zeroIsZero && (shape[1] == -1 || shape[1] == width)));
    if (!keepsRows) {
      throw node.not(
          "makes the shape %s, expected [-1, %d]".formatted(Arrays.toString(shape), width));
    }
    return node.output(0);
  }
}
