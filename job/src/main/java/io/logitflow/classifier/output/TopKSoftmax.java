package io.logitflow.classifier.output;

/**
 * Softmax over the k largest logits; the other classes get exactly 0. Of equal logits those with
 * the smaller index are larger.
 *
 * @param k number of classes that are kept, at least 1
 */
public record TopKSoftmax(int k) implements OutputFunction {

  public TopKSoftmax {
    if (k < 1) {
      throw new IllegalArgumentException("k is %d, expected at least 1".formatted(k));
    }
  }

  @Override
  public int classes(int scores) {
    int classes = OutputFunction.super.classes(scores);
    if (k > classes) {
      throw new IllegalArgumentException(
          "k is %d, expected at most %d, the number of classes".formatted(k, classes));
    }
    return classes;
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    return Kept.first(k, Ranking.descending(logits)).renormalise(Softmax.of(logits));
  }
}
