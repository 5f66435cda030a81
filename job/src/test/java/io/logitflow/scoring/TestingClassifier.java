package io.logitflow.scoring;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.Scores;

/**
 * Gives a multiple of the features out as logits and as probabilities; infinite logits above a
 * limit.
 */
final class TestingClassifier implements Classifier {

  /** Larger values overflow. */
  static final float LIMIT = 1e30f;

  private final int classes;
  private final float factor;
  private int timesClosed;

  TestingClassifier(int classes, float factor) {
    this.classes = classes;
    this.factor = factor;
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
  public void classify(FeatureBatch batch, Scores scores) {
    float[] features = dense(batch);
    for (int i = 0; i < batch.rows() * classes; i++) {
      float value = factor * features[i];
      scores.logits()[i] = value > LIMIT ? Float.POSITIVE_INFINITY : value;
      scores.probabilities()[i] = value;
    }
    scores.labelByLogits(batch.rows());
  }

  private float[] dense(FeatureBatch batch) {
    if (batch.sparse().isEmpty()) {
      return batch.values();
    }
    int[] starts = batch.sparse().get().starts();
    float[] dense = new float[batch.rows() * classes];
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = starts[row]; i < starts[row + 1]; i++) {
        dense[row * classes + batch.sparse().get().indices()[i]] = batch.values()[i];
      }
    }
    return dense;
  }

  /** How often it was closed. */
  int timesClosed() {
    return timesClosed;
  }

  @Override
  public void close() {
    timesClosed++;
  }
}
