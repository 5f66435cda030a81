package io.logitflow.training;

import java.util.Arrays;

/** A sum of losses that grows, and the working memory of what adds to it. One thread at a time. */
final class LossAccumulator {

  private final LinearShape shape;

  /** Sum of the gradient. */
  final double[] gradient;

  /** {@code [classes]} each. */
  final double[] logits;

  final double[] errors;

  double loss;
  double weight;
  double correct;

  private float[] rowLogits = new float[0];
  private float[] product = new float[0];

  LossAccumulator(LinearShape shape) {
    this.shape = shape;
    this.gradient = new double[shape.size()];
    this.logits = new double[shape.classes()];
    this.errors = new double[shape.classes()];
  }

  void clear() {
    Arrays.fill(gradient, 0);
    loss = 0;
    weight = 0;
    correct = 0;
  }

  /** Room for the logits of rows. */
  float[] rowLogits(int rows) {
    if (rowLogits.length < rows * shape.classes()) {
      rowLogits = new float[rows * shape.classes()];
    }
    return rowLogits;
  }

  /** Room for the gradient of the weights. */
  float[] product() {
    if (product.length == 0) {
      product = new float[shape.weights()];
    }
    return product;
  }

  /** Adds the sum of others. */
  void add(LossAccumulator other) {
    loss += other.loss;
    weight += other.weight;
    correct += other.correct;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other.gradient[i];
    }
  }

  LossSum toSum() {
    return new LossSum(loss, weight, correct, gradient.clone());
  }
}
