package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.modelfile.StatedTraits;
import io.logitflow.modelfile.StatedTraits.Yields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A graph as an artifact, with what it says of its input and output. */
final class OnnxArtifact {

  /** What the last operator of a graph makes. */
  private static final Map<String, Yields> YIELDS =
      Map.of(
          "Softmax", Yields.probabilities,
          "Sigmoid", Yields.probabilities,
          "LogSoftmax", Yields.logits,
          "Gemm", Yields.logits,
          "MatMul", Yields.logits,
          "Add", Yields.logits);

  private final GraphProto graph;
  private final StatedTraits stated;

  OnnxArtifact(GraphProto graph, StatedTraits stated) {
    this.graph = graph;
    this.stated = stated;
  }

  /**
   * A model with the artifact.
   *
   * @throws InvalidModelException if no engine could serve it; the message says how to export it
   */
  Model.Builder builder(byte[] content) throws InvalidModelException {
    ValueInfoProto input = only("input", ValueShape.inputs(graph));
    ValueInfoProto output = output();
    checkFloat(input);
    checkFloat(output);
    String last = lastOperator(output.getName());
    Model.Builder builder =
        Model.builder()
            .artifact(
                stated.artifact(Artifact.Format.ONNX, inputShape(input), yields(last), content))
            .outputFunction(
                last.equals("Sigmoid")
                    ? new MultiLabelSigmoid(MultiLabelSigmoid.DEFAULT_THRESHOLD)
                    : stated.outputFunction());
    classCount(output)
        .ifPresent(
            count ->
                builder.classNames(IntStream.range(0, count).mapToObj(String::valueOf).toList()));
    return builder;
  }

  private ValueInfoProto output() throws InvalidModelException {
    for (NodeProto node : graph.getNodeList()) {
      if (Node.operator(node).equals("ai.onnx.ml:ZipMap")) {
        throw new InvalidModelException(
            ("%s makes a map of the probabilities, expected a tensor: convert with"
                 + " options={\"zipmap\": False} and keep the probabilities only, with skl2onnx's"
                 + " select_model_inputs_outputs(model, \"probabilities\")")
                .formatted(Node.where(node)));
      }
    }
    return only("output", graph.getOutputList());
  }

  private static ValueInfoProto only(String what, List<ValueInfoProto> values)
      throws InvalidModelException {
    if (values.size() != 1) {
      throw new InvalidModelException(
          ("the graph has the %ss %s, expected one: export the logits or probabilities only;"
                  + " skl2onnx has select_model_inputs_outputs for that")
              .formatted(what, values.stream().map(ValueInfoProto::getName).toList()));
    }
    return values.get(0);
  }

  private static void checkFloat(ValueInfoProto value) throws InvalidModelException {
    int type = value.getType().getTensorType().getElemType();
    if (!value.getType().hasTensorType() || type != DataType.FLOAT_VALUE) {
      throw new InvalidModelException(
          "\"%s\" is %s, expected a tensor of FLOAT"
              .formatted(
                  value.getName(),
                  value.getType().hasTensorType()
                      ? "a tensor of " + DataType.forNumber(type)
                      : "no tensor"));
    }
  }

  private List<Integer> inputShape(ValueInfoProto input) throws InvalidModelException {
    if (ValueShape.hasRows(input) && ValueShape.rows(input) > 0) {
      throw new InvalidModelException(
          ("\"%s\" takes %d rows at a time, expected any number: export with dynamic_shapes or"
                  + " dynamic_axes for its first dimension")
              .formatted(input.getName(), ValueShape.rows(input)));
    }
    if (stated.inputShape().isPresent()) {
      return stated.inputShape().get();
    }
    try {
      List<Integer> shape = ValueShape.ofRow(input);
      if (!shape.contains(Chain.UNKNOWN)) {
        return shape;
      }
    } catch (NotLayersException e) {
      throw new InvalidModelException(e.getMessage() + ": add --input-shape", e);
    }
    throw new InvalidModelException(
        "the file does not say the shape of \"%s\": add --input-shape (of one record, e.g. 1,28,28)"
            .formatted(input.getName()));
  }

  private static Optional<Integer> classCount(ValueInfoProto output) {
    try {
      return Optional.of(ValueShape.ofRow(output))
          .filter(shape -> shape.size() == 1 && shape.get(0) != Chain.UNKNOWN)
          .map(shape -> shape.get(0));
    } catch (NotLayersException e) {
      // An output need not say its shape.
      return Optional.empty();
    }
  }

  private String lastOperator(String output) {
    String name = output;
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().contains(name)) {
        if (!Node.operator(node).equals("Identity")) {
          return Node.operator(node);
        }
        name = node.getInput(0);
      }
    }
    return "";
  }

  private Yields yields(String last) throws InvalidModelException {
    if (stated.yields().isPresent()) {
      return stated.yields().get();
    }
    Yields known = YIELDS.get(last);
    if (known == null) {
      throw new InvalidModelException(
          "the graph ends with %s: add --yields logits or --yields probabilities"
              .formatted(last.isEmpty() ? "no operator" : last));
    }
    return known;
  }
}
