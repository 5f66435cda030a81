package io.logitflow.endtoend;

import io.logitflow.modelfile.onnx.GraphBuilder;
import java.util.List;

/** ONNX files, as an exporter would write them. */
final class OnnxFile {

  private OnnxFile() {}

  /**
   * A linear layer.
   *
   * @param weights {@code [outputs, inputs]}, row-major
   * @param biases {@code [outputs]}
   */
  static byte[] linear(float[] weights, float[] biases, int outputs, int inputs) {
    return new GraphBuilder(inputs)
        .tensor("weight", weights, outputs, inputs)
        .tensor("bias", biases, outputs)
        .node("Gemm", List.of("x", "weight", "bias"), "y", GraphBuilder.attribute("transB", 1))
        .bytes("y");
  }
}
