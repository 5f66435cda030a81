package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.logitflow.classifier.InvalidModelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that every operator of a model is one of ONNX, or a function in the model itself. */
final class OperatorChecks {

  private static final Set<String> KNOWN = known();

  private final Set<String> functions;

  private OperatorChecks(ModelProto model) {
    functions =
        model.getFunctionsList().stream()
            .map(function -> function.getDomain() + ":" + function.getName())
            .collect(Collectors.toSet());
  }

  /**
   * Checks a model.
   *
   * @throws InvalidModelException naming node and operator
   */
  static void check(ModelProto model) throws InvalidModelException {
    OperatorChecks checks = new OperatorChecks(model);
    checks.check(model.getGraph().getNodeList());
    for (FunctionProto function : model.getFunctionsList()) {
      checks.check(function.getNodeList());
    }
  }

  private void check(List<NodeProto> nodes) throws InvalidModelException {
    for (NodeProto node : nodes) {
      if (!KNOWN.contains(Node.operator(node))
          && !functions.contains(node.getDomain() + ":" + node.getOpType())) {
        throw new InvalidModelException(
            ("%s has an operator that ONNX does not have: export the model with the operators of"
                    + " ONNX only")
                .formatted(Node.where(node)));
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        check(attribute.getG().getNodeList());
        for (GraphProto inner : attribute.getGraphsList()) {
          check(inner.getNodeList());
        }
      }
    }
  }

  private static Set<String> known() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                OperatorChecks.class.getResourceAsStream("operators.txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
