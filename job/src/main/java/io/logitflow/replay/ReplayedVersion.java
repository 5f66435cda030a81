package io.logitflow.replay;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Placement;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import java.util.List;

/**
 * A version that scores records again, and those that wait for it.
 *
 * @param <T> what comes with the features
 */
final class ReplayedVersion<T> implements AutoCloseable {

  private final Model model;
  private final Classifier classifier;
  private final Scores scores;
  private final ReplayBatch<T> dense = new ReplayBatch<>();
  private final ReplayBatch<T> sparse = new ReplayBatch<>();

  /** Takes what comes out. */
  @FunctionalInterface
  interface Output<T> {

    /**
     * Takes a batch.
     *
     * @param scores of the rows, in their order; valid until this returns
     */
    void scored(List<T> rows, Scores scores);
  }

  private ReplayedVersion(Model model, Classifier classifier) {
    this.model = model;
    this.classifier = classifier;
    this.scores = new Scores(ReplayBatch.maxRows(), classifier.classCount());
  }

  /**
   * Loads a version.
   *
   * @throws InvalidModelException if it cannot be
   */
  static <T> ReplayedVersion<T> load(Model model, KernelChoice kernel)
      throws InvalidModelException {
    return new ReplayedVersion<>(model, Classifiers.load(model, kernel, Placement.CPU));
  }

  Model model() {
    return model;
  }

  /** Whether the version takes such features. */
  boolean takes(ReplayedFeatures features) {
    return features.fits(model.featureCount());
  }

  /** Adds a record, and scores what is waiting if that is enough. */
  void add(T row, ReplayedFeatures features, Output<T> output) {
    ReplayBatch<T> batch = features.isSparse() ? sparse : dense;
    batch.add(row, features);
    if (batch.isFull()) {
      score(batch, output);
    }
  }

  /** Scores what is waiting. */
  void flush(Output<T> output) {
    score(dense, output);
    score(sparse, output);
  }

  private void score(ReplayBatch<T> batch, Output<T> output) {
    if (batch.rows().isEmpty()) {
      return;
    }
    classifier.classify(batch.features(), scores);
    output.scored(batch.rows(), scores);
    batch.clear();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
