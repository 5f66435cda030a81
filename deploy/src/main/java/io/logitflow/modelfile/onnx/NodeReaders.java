package io.logitflow.modelfile.onnx;

import java.util.Map;
import java.util.Optional;

/** Which operators our layers can express. */
final class NodeReaders {

  private static final Map<String, NodeReader> BY_OPERATOR =
      Map.ofEntries(
          Map.entry("Gemm", LinearNodes::gemm),
          Map.entry("MatMul", LinearNodes::matMul),
          Map.entry("Add", ElementwiseNodes::add),
          Map.entry("Sub", ElementwiseNodes::subtract),
          Map.entry("Mul", ElementwiseNodes::multiply),
          Map.entry("Div", ElementwiseNodes::divide),
          Map.entry("BatchNormalization", ElementwiseNodes::batchNormalisation),
          Map.entry("ai.onnx.ml:Scaler", ElementwiseNodes::scaler),
          Map.entry("Relu", ActivationNodes::relu),
          Map.entry("LeakyRelu", ActivationNodes::leakyRelu),
          Map.entry("Sigmoid", ActivationNodes::sigmoid),
          Map.entry("Tanh", ActivationNodes::tanh),
          Map.entry("Softmax", OutputNodes::softmax),
          Map.entry("LogSoftmax", OutputNodes::softmax),
          Map.entry("ArgMax", OutputNodes::argMax),
          Map.entry("ai.onnx.ml:LinearClassifier", LinearClassifierNode::read),
          Map.entry("ai.onnx.ml:Normalizer", OutputNodes::normaliser),
          Map.entry("ai.onnx.ml:ZipMap", OutputNodes::zipMap),
          Map.entry("Identity", ShapeNodes::identity),
          Map.entry("Dropout", ShapeNodes::dropout),
          Map.entry("Cast", ShapeNodes::cast),
          Map.entry("Flatten", ShapeNodes::flatten),
          Map.entry("Reshape", ShapeNodes::reshape));

  private NodeReaders() {}

  /** The reader of a node; empty if its operator is none of ours. */
  static Optional<NodeReader> of(Node node) {
    return Optional.ofNullable(BY_OPERATOR.get(node.operator()));
  }
}
