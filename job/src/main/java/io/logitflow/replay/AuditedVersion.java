package io.logitflow.replay;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.evaluation.DifferenceKind;
import io.logitflow.evaluation.Reproduction;
import io.logitflow.evaluation.VersionAudit;
import java.util.List;
import java.util.Set;

/** A version that reproduces predictions. */
final class AuditedVersion implements AutoCloseable {

  private final ReplayedVersion<AuditPair> version;
  private final Reproduction reproduction;

  /** Takes what comes out. */
  interface Output {
    void compared(VersionAudit audit);

    void differs(AuditPair pair, Set<DifferenceKind> kinds, String expected);
  }

  private AuditedVersion(ReplayedVersion<AuditPair> version) {
    this.version = version;
    this.reproduction = new Reproduction(version.model());
  }

  /**
   * Loads a version.
   *
   * @throws InvalidModelException if it cannot be
   */
  static AuditedVersion load(Model model, KernelChoice kernel) throws InvalidModelException {
    return new AuditedVersion(ReplayedVersion.load(model, kernel));
  }

  /** Whether the version takes such features. */
  boolean takes(ReplayedFeatures features) {
    return version.takes(features);
  }

  /** Adds a prediction of this version, and compares what is waiting if that is enough. */
  void add(AuditPair pair, Output output) {
    version.add(pair, pair.features(), (pairs, scores) -> compare(pairs, scores, output));
  }

  /** Compares what is waiting. */
  void flush(Output output) {
    version.flush((pairs, scores) -> compare(pairs, scores, output));
  }

  private void compare(List<AuditPair> pairs, Scores scores, Output output) {
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
  }

  @Override
  public void close() {
    version.close();
  }
}
