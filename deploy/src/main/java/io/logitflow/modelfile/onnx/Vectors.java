package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.util.Arrays;
import java.util.List;

/** Constants that are broadcast over the rows. */
final class Vectors {

  private Vectors() {}

  /**
   * An input of shape {@code [width]}, {@code [1, width]}, {@code [1]}, {@code [1, 1]} or a single
   * number, as a vector. One that has the shape of a vector keeps its bytes.
   */
  static Tensor asVector(Node node, int input, int width)
      throws NotLayersException, InvalidModelException {
    Tensor numbers = node.numbers(input);
    boolean isRow = numbers.rank() == 1 || (numbers.rank() == 2 && numbers.length(0) == 1);
    if (isRow && numbers.size() == width) {
      Constant row = node.constant(input).reshaped(List.of(width));
      return row.numbers().orElseThrow();
    }
    if (numbers.size() == 1 && numbers.rank() <= 2) {
      double[] same = new double[width];
      Arrays.fill(same, numbers.toDoubles()[0]);
      return Tensor.float64(same, width);
    }
    throw node.not(
        "takes \"%s\" of shape %s, expected [%d]"
            .formatted(node.constant(input).name(), numbers.shapeText(), width));
  }
}
