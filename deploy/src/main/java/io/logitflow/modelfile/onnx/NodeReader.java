package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.InvalidModelException;

/** Adds what a node does with the rows to a chain of layers. */
@FunctionalInterface
interface NodeReader {

  /**
   * Reads a node that takes the rows.
   *
   * @return name of the node's output that the rows go on as; its other outputs are labels or of no
   *     use
   * @throws NotLayersException if our layers cannot express it
   * @throws InvalidModelException if the node is broken
   */
  String read(Node node, Chain chain) throws NotLayersException, InvalidModelException;
}
