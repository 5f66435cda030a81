package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.InvalidModelException;

/** Functions of each element. */
final class ActivationNodes {

  /** What ONNX takes if a node does not say it. */
  private static final double DEFAULT_SLOPE = 0.01f;

  private ActivationNodes() {}

  static String relu(Node node, Chain chain) throws NotLayersException {
    return add(node, chain, Activation.RELU);
  }

  static String leakyRelu(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    return add(node, chain, Activation.leakyRelu(node.number("alpha", DEFAULT_SLOPE)));
  }

  /** Becomes the output function if nothing follows. */
  static String sigmoid(Node node, Chain chain) throws NotLayersException {
    return add(node, chain, Activation.SIGMOID);
  }

  static String tanh(Node node, Chain chain) throws NotLayersException {
    return add(node, chain, Activation.TANH);
  }

  private static String add(Node node, Chain chain, Activation activation)
      throws NotLayersException {
    chain.add(node, activation);
    return node.output(0);
  }
}
