package io.logitflow.launcher.replay;

import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a replay, for the exit status.
 *
 * @param failIf which comparison fails it; empty: none
 * @param margin mean half-Brier difference that does not matter, at least 0
 * @param failOnDifferences whether predictions that are not reproduced fail it
 */
public record ReplayCheck(Optional<FailIf> failIf, double margin, boolean failOnDifferences) {

  /** Why the check fails, one sentence each; empty if it does not. */
  public List<String> failures(EvaluationReport report) {
    List<String> failures = new ArrayList<>();
    if (failOnDifferences && report.getDifferences() > 0) {
      failures.add(
          "%d predictions are not what their version says".formatted(report.getDifferences()));
    }
    if (failIf.isPresent()) {
      for (PairedEvaluation pair : report.getComparisons()) {
        failure(pair).ifPresent(failures::add);
      }
    }
    return failures;
  }

  private Optional<String> failure(PairedEvaluation pair) {
    Map<String, Double> metrics = pair.getMetrics();
    if (pair.getRecords() == 0) {
      return Optional.of(
          "version %d and version %d have no labelled record in common"
              .formatted(pair.getVersion(), pair.getReference()));
    }
    double upper = metrics.getOrDefault("fixedUpper", 1.0);
    double lower = metrics.getOrDefault("sequenceLower", -1.0);
    if (failIf.get() == FailIf.WORSE && upper < -margin) {
      return Optional.of(
          "version %d is worse than version %d: its mean gain is below %s with 95%% confidence"
                  .formatted(pair.getVersion(), pair.getReference(), EvaluationPage.number(upper))
              + (margin > 0 ? ", the margin is " + margin : ""));
    }
    if (failIf.get() == FailIf.NOT_BETTER && !(lower > margin)) {
      return Optional.of(
          "version %d is not proved to be better than version %d: its mean gain may be %s"
              .formatted(pair.getVersion(), pair.getReference(), EvaluationPage.number(lower)));
    }
    return Optional.empty();
  }
}
