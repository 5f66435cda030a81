package io.logitflow.classifier;

import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on a classifier that others use too. Closing it ends the hold alone. */
final class SharedClassifier implements Classifier {

  private final Classifier shared;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedClassifier(Classifier shared, Runnable release) {
    this.shared = shared;
    this.release = release;
  }

  /** The classifier that is shared, or the one that is given if it is not. */
  static Classifier unwrap(Classifier classifier) {
    return classifier instanceof SharedClassifier hold ? hold.shared : classifier;
  }

  @Override
  public int featureCount() {
    return shared.featureCount();
  }

  @Override
  public int classCount() {
    return shared.classCount();
  }

  @Override
  public void classify(FeatureBatch batch, Scores scores) {
    shared.classify(batch, scores);
  }

  @Override
  public boolean isOffloaded() {
    return shared.isOffloaded();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
