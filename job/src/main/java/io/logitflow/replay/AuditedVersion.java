package io.logitflow.replay;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Placement;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.evaluation.DifferenceKind;
import io.logitflow.evaluation.Reproduction;
import io.logitflow.evaluation.VersionAudit;
import java.util.List;
import java.util.Set;

/** A version that reproduces predictions, and those that wait for it. */
final class AuditedVersion implements AutoCloseable {

  private final Model model;
  private final Classifier classifier;
  private final Reproduction reproduction;
  private final Scores scores;
  private final AuditBatch dense = new AuditBatch();
  private final AuditBatch sparse = new AuditBatch();

  /** Takes what comes out. */
  interface Output {
    void compared(VersionAudit audit);

    void differs(AuditPair pair, Set<DifferenceKind> kinds, String expected);
  }

  private AuditedVersion(Model model, Classifier classifier) {
    this.model = model;
    this.classifier = classifier;
    this.reproduction = new Reproduction(model);
    this.scores = new Scores(AuditBatch.maxRows(), classifier.classCount());
  }

  /**
   * Loads a version.
   *
   * @throws InvalidModelException if it cannot be
   */
  static AuditedVersion load(Model model, KernelChoice kernel, Placement placement)
      throws InvalidModelException {
    return new AuditedVersion(model, Classifiers.load(model, kernel, placement));
  }

  /** Whether the version takes such features. */
  boolean takes(ReplayedFeatures features) {
    return features.fits(model.featureCount());
  }

  /** Adds a prediction of this version, and compares what is waiting if that is enough. */
  void add(AuditPair pair, Output output) {
    AuditBatch batch = pair.features().isSparse() ? sparse : dense;
    batch.add(pair);
    if (batch.isFull()) {
      compare(batch, output);
    }
  }

  /** Compares what is waiting. */
  void flush(Output output) {
    compare(dense, output);
    compare(sparse, output);
  }

  private void compare(AuditBatch batch, Output output) {
    List<AuditPair> pairs = batch.pairs();
    if (pairs.isEmpty()) {
      return;
    }
    classifier.classify(batch.features(), scores);
    long differences = 0;
    double largestMiss = 0;
    for (int row = 0; row < pairs.size(); row++) {
      AuditPair pair = pairs.get(row);
      Set<DifferenceKind> kinds = reproduction.differences(pair.prediction().output(), scores, row);
      if (kinds.isEmpty()) {
        largestMiss =
            Math.max(
                largestMiss, reproduction.largestMiss(pair.prediction().output(), scores, row));
      } else {
        differences++;
        output.differs(pair, kinds, reproduction.expected(scores, row).text());
      }
    }
    output.compared(new VersionAudit(pairs.size(), differences, largestMiss));
    batch.clear();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
