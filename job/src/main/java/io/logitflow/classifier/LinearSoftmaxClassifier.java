package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.kernel.LinearKernel;

/** One matrix product, then temperature and softmax, by float32 kernels. */
final class LinearSoftmaxClassifier implements Classifier {

  private final Kernels kernels;
  private final LinearKernel linear;
  private final Float64Classifier overflow;
  private final double temperature;
  private final int featureCount;
  private final int classCount;

  LinearSoftmaxClassifier(FoldedLinear folded, double temperature, Kernels kernels) {
    this.kernels = kernels;
    this.linear = kernels.linear(folded.weight(), folded.bias(), folded.outputs(), folded.inputs());
    this.overflow = new Float64Classifier(folded, temperature);
    this.temperature = temperature;
    this.featureCount = folded.inputs();
    this.classCount = folded.outputs();
  }

  @Override
  public int featureCount() {
    return featureCount;
  }

  @Override
  public int classCount() {
    return classCount;
  }

  @Override
  public void classify(float[] features, int rows, float[] logits, float[] probabilities) {
    int size = Math.multiplyExact(rows, classCount);
    linear.multiply(features, rows, logits);
    System.arraycopy(logits, 0, probabilities, 0, size);
    kernels.softmax(probabilities, rows, classCount, temperature);
    if (!kernels.allFinite(logits, 0, size)) {
      classifyOverflowed(features, rows, logits, probabilities);
    }
  }

  /** Float32 sums can overflow on the way to a finite logit: such rows are scored in float64. */
  private void classifyOverflowed(
      float[] features, int rows, float[] logits, float[] probabilities) {
    for (int row = 0; row < rows; row++) {
      if (!kernels.allFinite(logits, row * classCount, classCount)) {
        overflow.classifyRow(features, row, logits, probabilities);
      }
    }
  }

  @Override
  public void close() {}
}
