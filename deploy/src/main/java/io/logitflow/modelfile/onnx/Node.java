package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A node of the graph: its attributes by name, each to be asked for, and those of its inputs that
 * are constants.
 */
final class Node {

  private final NodeProto node;
  private final Map<String, Constant> constants;
  private final Map<String, AttributeProto> unread = new TreeMap<>();

  Node(NodeProto node, Map<String, Constant> constants) {
    this.node = node;
    this.constants = constants;
    node.getAttributeList().forEach(attribute -> unread.put(attribute.getName(), attribute));
  }

  /**
   * The operator with its domain unless that is the default one, e.g. {@code ai.onnx.ml:Scaler}.
   */
  static String operator(NodeProto node) {
    String domain = node.getDomain();
    return domain.isEmpty() || domain.equals("ai.onnx")
        ? node.getOpType()
        : domain + ":" + node.getOpType();
  }

  /** The node for errors. */
  static String where(NodeProto node) {
    String output = node.getOutputCount() > 0 ? node.getOutput(0) : "";
    return node.getName().isEmpty()
        ? "node %s that makes \"%s\"".formatted(operator(node), output)
        : "node \"%s\" (%s)".formatted(node.getName(), operator(node));
  }

  String where() {
    return where(node);
  }

  String operator() {
    return operator(node);
  }

  List<String> inputs() {
    return node.getInputList();
  }

  List<String> outputs() {
    return node.getOutputList();
  }

  /** Name of an output; empty if there is none. */
  String output(int index) {
    return index < node.getOutputCount() ? node.getOutput(index) : "";
  }

  /** Whether an input is given: those at the end may be left out, those between be empty. */
  boolean hasInput(int index) {
    return index < node.getInputCount() && !node.getInput(index).isEmpty();
  }

  /** Whether an input is a constant that can be read. */
  boolean isConstant(int index) {
    return hasInput(index) && constants.containsKey(node.getInput(index));
  }

  Constant constant(int index) throws NotLayersException {
    if (!isConstant(index)) {
      throw not(
          "takes %s, expected a constant"
              .formatted(
                  hasInput(index) ? "\"" + node.getInput(index) + "\"" : "no input " + index));
    }
    return constants.get(node.getInput(index));
  }

  /** Floating-point numbers of an input. */
  Tensor numbers(int index) throws NotLayersException, InvalidModelException {
    Constant constant = constant(index);
    Tensor numbers =
        constant
            .numbers()
            .orElseThrow(() -> not("takes integers as \"%s\"".formatted(constant.name())));
    double[] values = numbers.toDoubles();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidModelException(
            "tensor \"%s\" of %s holds %s at element %d of %d, expected finite numbers"
                .formatted(constant.name(), where(), values[i], i, values.length));
      }
    }
    return numbers;
  }

  Optional<Tensor> optionalNumbers(int index) throws NotLayersException, InvalidModelException {
    return hasInput(index) ? Optional.of(numbers(index)) : Optional.empty();
  }

  private Optional<AttributeProto> attribute(String name, AttributeType type)
      throws InvalidModelException {
    AttributeProto attribute = unread.remove(name);
    if (attribute != null && attribute.getType() != type) {
      throw new InvalidModelException(
          "attribute %s of %s has type %s, expected %s"
              .formatted(name, where(), attribute.getType(), type));
    }
    return Optional.ofNullable(attribute);
  }

  long integer(String name, long ifMissing) throws InvalidModelException {
    return attribute(name, AttributeType.INT).map(AttributeProto::getI).orElse(ifMissing);
  }

  double number(String name, double ifMissing) throws InvalidModelException {
    return attribute(name, AttributeType.FLOAT).map(a -> (double) a.getF()).orElse(ifMissing);
  }

  String text(String name, String ifMissing) throws InvalidModelException {
    return attribute(name, AttributeType.STRING)
        .map(a -> a.getS().toString(StandardCharsets.UTF_8))
        .orElse(ifMissing);
  }

  Optional<TensorProto> tensor(String name) throws InvalidModelException {
    return attribute(name, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  Optional<List<Long>> integers(String name) throws InvalidModelException {
    return attribute(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  Optional<List<String>> texts(String name) throws InvalidModelException {
    return attribute(name, AttributeType.STRINGS)
        .map(
            a ->
                a.getStringsList().stream()
                    .map(text -> text.toString(StandardCharsets.UTF_8))
                    .toList());
  }

  /** Finite numbers; none if the attribute is missing. */
  float[] numbers(String name) throws InvalidModelException {
    List<Float> values =
        attribute(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList).orElse(List.of());
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
      if (!Float.isFinite(numbers[i])) {
        throw new InvalidModelException(
            "attribute %s of %s holds %s at element %d of %d, expected finite numbers"
                .formatted(name, where(), numbers[i], i, numbers.length));
      }
    }
    return numbers;
  }

  /** Takes an attribute for read that makes no difference at inference. */
  void ignore(String name) {
    unread.remove(name);
  }

  /** To ignore an attribute that nobody knows would be to give wrong probabilities. */
  void checkAllRead() throws NotLayersException {
    if (!unread.isEmpty()) {
      throw not("has the attributes " + unread.keySet());
    }
  }

  NotLayersException not(String reason) {
    return new NotLayersException(where() + " " + reason);
  }
}
