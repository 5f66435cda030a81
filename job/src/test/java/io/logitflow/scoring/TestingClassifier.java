package io.logitflow.scoring;

import io.logitflow.classifier.Classifier;

/** Gives the features out as logits and as probabilities; infinite logits above a limit. */
final class TestingClassifier implements Classifier {

  /** Larger features overflow. */
  static final float LIMIT = 1e30f;

  private final int classes;

  TestingClassifier(int classes) {
    this.classes = classes;
  }

  @Override
  public int featureCount() {
    return classes;
  }

  @Override
  public int classCount() {
    return classes;
  }

  @Override
  public void classify(float[] features, int rows, float[] logits, float[] probabilities) {
    for (int i = 0; i < rows * classes; i++) {
      logits[i] = features[i] > LIMIT ? Float.POSITIVE_INFINITY : features[i];
      probabilities[i] = features[i];
    }
  }

  @Override
  public void close() {}
}
