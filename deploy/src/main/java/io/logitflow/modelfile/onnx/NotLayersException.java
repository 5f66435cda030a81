package io.logitflow.modelfile.onnx;

/** A graph that our layers cannot express, though it may be a good one. */
final class NotLayersException extends Exception {

  NotLayersException(String message) {
    super(message);
  }
}
