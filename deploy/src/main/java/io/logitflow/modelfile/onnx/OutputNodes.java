package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.output.OneVsRest;
import io.logitflow.classifier.output.Softmax;
import java.util.List;
import java.util.Optional;

/** What makes probabilities of scores, and what comes after that. */
final class OutputNodes {

  private OutputNodes() {}

  /** Softmax, or its logarithm, which has the same softmax. */
  static String softmax(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    checkAxis(node, chain, node.integer("axis", -1));
    chain.end(node, new Softmax());
    return node.output(0);
  }

  /** The label: it follows from the probabilities, which go on. */
  static String argMax(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    checkAxis(node, chain, node.integer("axis", 0));
    node.ignore("keepdims");
    node.ignore("select_last_index");
    return node.inputs().get(0);
  }

  private static void checkAxis(Node node, Chain chain, long axis) throws NotLayersException {
    chain.width(node);
    if (axis != 1 && axis != -1) {
      throw node.not("has axis %d, expected that of the classes".formatted(axis));
    }
  }

  /** Probabilities divided by their sum; the sum of a softmax is 1. */
  static String normaliser(Node node, Chain chain)
      throws NotLayersException, InvalidModelException {
    String norm = node.text("norm", "MAX");
    boolean isLogistic =
        chain.output().isEmpty() && chain.last().equals(Optional.of(Activation.SIGMOID));
    boolean isSoftmax = chain.output().equals(Optional.of(new Softmax()));
    if (!norm.equals("L1") || !(isLogistic || isSoftmax)) {
      throw node.not("normalises by %s what are no probabilities".formatted(norm));
    }
    if (isLogistic) {
      chain.removeLast();
      chain.end(node, new OneVsRest());
    }
    return node.output(0);
  }

  /** The names of the classes beside the probabilities. */
  static String zipMap(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    Optional<List<Long>> integers = node.integers("classlabels_int64s");
    Optional<List<String>> texts = node.texts("classlabels_strings");
    chain.nameClasses(
        texts.orElseGet(() -> integers.orElse(List.of()).stream().map(String::valueOf).toList()));
    return node.output(0);
  }
}
