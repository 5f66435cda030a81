package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** Products with a constant matrix. */
final class LinearNodes {

  private LinearNodes() {}

  /** {@code alpha x B + beta C}, with B transposed or not. */
  static String gemm(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    if (node.integer("transA", 0) != 0) {
      throw node.not("transposes the batch");
    }
    boolean isTransposed = node.integer("transB", 0) != 0;
    double alpha = node.number("alpha", 1);
    double beta = node.number("beta", 1);
    Tensor matrix = matrix(node, 1);
    Tensor weight = isTransposed ? matrix : Constant.transposed(matrix);
    Optional<Tensor> bias = Optional.empty();
    if (node.hasInput(2)) {
      bias = Optional.of(times(beta, Vectors.asVector(node, 2, weight.length(0))));
    }
    chain.addLinear(node, new LinearLayer(times(alpha, weight), bias));
    return node.output(0);
  }

  /** {@code x B}. */
  static String matMul(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    chain.addLinear(node, LinearLayer.withoutBias(Constant.transposed(matrix(node, 1))));
    return node.output(0);
  }

  private static Tensor matrix(Node node, int input)
      throws NotLayersException, InvalidModelException {
    Tensor matrix = node.numbers(input);
    if (matrix.rank() != 2) {
      throw node.not("takes weights of shape %s, expected a matrix".formatted(matrix.shapeText()));
    }
    return matrix;
  }

  /** The tensor itself if the factor is 1, so that it keeps its bytes. */
  private static Tensor times(double factor, Tensor tensor) {
    if (factor == 1) {
      return tensor;
    }
    double[] scaled = Arrays.stream(tensor.toDoubles()).map(value -> value * factor).toArray();
    return tensor.rank() == 1
        ? Tensor.float64(scaled, tensor.length(0))
        : Tensor.float64(scaled, tensor.length(0), tensor.length(1));
  }
}
