package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;

/** A step of a network, packed for the kernels: a product, and perhaps an activation of it. */
final class PackedStep {

  /** An activation of the first values of an array, in place. */
  private interface InPlace {
    void apply(float[] values, int length);
  }

  private final LinearKernel product;
  private final int outputs;
  private InPlace activation;

  private PackedStep(LinearKernel product, int outputs) {
    this.product = product;
    this.outputs = outputs;
  }

  static PackedStep of(FoldedStep linear, Kernels kernels) {
    if (linear instanceof FoldedSparseLinear sparse) {
      return new PackedStep(
          kernels.sparseLinear(sparse.weights(), sparse.bias()), sparse.outputs());
    }
    FoldedLinear dense = (FoldedLinear) linear;
    return new PackedStep(
        kernels.linear(dense.weight(), dense.bias(), dense.outputs(), dense.inputs()),
        dense.outputs());
  }

  /** A step whose product with dense rows nobody asks for: its weights are not packed for it. */
  static PackedStep withoutProduct(FoldedStep linear) {
    return new PackedStep(
        (input, rows, output) -> {
          throw new IllegalStateException("the step is not packed for dense rows");
        },
        linear.outputs());
  }

  /** Adds the activation that follows. */
  void activate(Activation next, Kernels kernels) {
    InPlace before = activation;
    InPlace after =
        switch (next.function()) {
          case RELU -> (values, length) -> kernels.relu(values, 0, length);
          case LEAKY_RELU ->
              (values, length) -> kernels.leakyRelu(values, 0, length, (float) next.slope());
          case SIGMOID -> (values, length) -> kernels.sigmoid(values, 0, length);
          case TANH -> (values, length) -> kernels.tanh(values, 0, length);
        };
    activation =
        before == null
            ? after
            : (values, length) -> {
              before.apply(values, length);
              after.apply(values, length);
            };
  }

  int outputs() {
    return outputs;
  }

  /** The product of some rows. */
  void multiply(float[] input, int rows, float[] output) {
    product.multiply(input, rows, output);
  }

  /** What follows the product, in place. */
  void activate(float[] output, int rows) {
    if (activation != null) {
      activation.apply(output, rows * outputs);
    }
  }
}
