package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.logitflow.classifier.InvalidModelException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a graph along its rows. At each node the rows have one name; the nodes beside them yield
 * constants, or labels that follow from the rows and that nobody needs.
 */
final class GraphReader {

  private final GraphProto graph;
  private final Map<String, Constant> constants = new HashMap<>();

  /** Names of results that are no constants, with what makes them. */
  private final Map<String, String> others = new HashMap<>();

  private final Set<String> labels = new HashSet<>();
  private final Chain chain;
  private String rows;

  private GraphReader(GraphProto graph, ValueInfoProto features) throws NotLayersException {
    this.graph = graph;
    this.rows = features.getName();
    this.chain = new Chain(ValueShape.ofRow(features));
  }

  /**
   * Reads a graph.
   *
   * @throws NotLayersException if our layers cannot express it
   * @throws InvalidModelException if it is broken
   */
  static Chain read(GraphProto graph) throws NotLayersException, InvalidModelException {
    List<ValueInfoProto> inputs = ValueShape.inputs(graph);
    if (inputs.size() != 1) {
      throw new NotLayersException(
          "the graph has the inputs %s, expected one"
              .formatted(inputs.stream().map(ValueInfoProto::getName).toList()));
    }
    GraphReader reader = new GraphReader(graph, inputs.get(0));
    reader.readConstants();
    for (NodeProto node : graph.getNodeList()) {
      reader.read(node);
    }
    reader.checkOutputs();
    return reader.chain;
  }

  private void readConstants() throws InvalidModelException {
    for (TensorProto tensor : graph.getInitializerList()) {
      keep(tensor.getName(), Constant.of(tensor.getName(), tensor), "a tensor of another type");
    }
    graph
        .getSparseInitializerList()
        .forEach(tensor -> others.put(tensor.getValues().getName(), "a sparse tensor"));
  }

  private void keep(String name, Optional<Constant> constant, String otherwise) {
    constant.ifPresent(present -> constants.put(name, present));
    if (constant.isEmpty()) {
      others.put(name, otherwise);
    }
  }

  private void read(NodeProto proto) throws NotLayersException, InvalidModelException {
    Node node = new Node(proto, constants);
    checkInputs(node);
    if (node.inputs().contains(rows)) {
      readRows(node);
    } else if (node.inputs().stream().anyMatch(labels::contains)) {
      labels.addAll(node.outputs());
    } else {
      keep(node.output(0), ConstantNodes.evaluate(node), node.where());
    }
  }

  private void readRows(Node node) throws NotLayersException, InvalidModelException {
    NodeReader reader =
        NodeReaders.of(node)
            .orElseThrow(() -> node.not("has an operator that is none of our layers"));
    if (node.inputs().stream().filter(rows::equals).count() > 1) {
      throw node.not("takes its input twice");
    }
    boolean first = node.inputs().get(0).equals(rows);
    if (!first && !ElementwiseNodes.MAY_TAKE_ROWS_SECOND.contains(node.operator())) {
      throw node.not("takes the features as its second input");
    }
    String next = reader.read(node, chain);
    node.checkAllRead();
    labels.addAll(node.outputs());
    if (!next.equals(rows)) {
      others.put(rows, "what comes before " + node.where());
    }
    labels.remove(next);
    rows = next;
  }

  private void checkInputs(Node node) throws NotLayersException, InvalidModelException {
    for (String input : node.inputs()) {
      if (others.containsKey(input)) {
        throw node.not("takes \"%s\", which is %s".formatted(input, others.get(input)));
      }
      if (!input.isEmpty()
          && !input.equals(rows)
          && !constants.containsKey(input)
          && !labels.contains(input)) {
        throw new InvalidModelException(
            "%s takes \"%s\", which nothing before it makes".formatted(node.where(), input));
      }
    }
  }

  private void checkOutputs() throws NotLayersException {
    boolean found = false;
    for (ValueInfoProto output : graph.getOutputList()) {
      found |= output.getName().equals(rows);
      if (!output.getName().equals(rows) && !labels.contains(output.getName())) {
        throw new NotLayersException(
            "the graph yields \"%s\", which is not what its last layer makes"
                .formatted(output.getName()));
      }
    }
    if (!found) {
      throw new NotLayersException("the graph does not yield what its last layer makes");
    }
  }
}
