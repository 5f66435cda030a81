package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.PairedStatistics;
import io.logitflow.interval.StandardNormal;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PairedWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A version beside a reference on the records that both scored. */
final class PairedComparison {

  /** V at which the confidence sequence is tightest: some thousand records. */
  private static final double INTRINSIC_TIME = 100;

  private PairedComparison() {}

  /**
   * Compares.
   *
   * @param windows statistics of the version by the start of their window, with the pairs
   * @param length length of the windows in ms
   */
  static PairedEvaluation of(
      long version, long reference, SortedMap<Long, CalibrationStatistics> windows, long length) {
    PairedSequence sequence = new PairedSequence(INTRINSIC_TIME);
    double sum = 0;
    double squares = 0;
    long referenceOnly = 0;
    long versionOnly = 0;
    List<PairedWindow> overTime = new ArrayList<>();
    for (Map.Entry<Long, CalibrationStatistics> window : windows.entrySet()) {
      PairedStatistics pairs = window.getValue().paired().get(reference);
      if (pairs == null || pairs.count() == 0) {
        continue;
      }
      sequence.add(pairs.count(), pairs.sumDifference(), pairs.sumDifferenceSquared());
      sum += pairs.sumDifference();
      squares += pairs.sumDifferenceSquared();
      referenceOnly += pairs.championOnlyCorrect();
      versionOnly += pairs.challengerOnlyCorrect();
      overTime.add(
          new PairedWindow(
              Instant.ofEpochMilli(window.getKey() + length),
              sequence.count(),
              sequence.mean(),
              sequence.lower(),
              sequence.upper()));
    }
    return new PairedEvaluation(
        version,
        reference,
        sequence.count(),
        referenceOnly,
        versionOnly,
        metrics(sequence, sum, squares, referenceOnly, versionOnly),
        overTime);
  }

  private static Map<String, Double> metrics(
      PairedSequence sequence, double sum, double squares, long referenceOnly, long versionOnly) {
    Map<String, Double> metrics = new TreeMap<>();
    long n = sequence.count();
    if (n == 0) {
      return metrics;
    }
    double mean = sum / n;
    metrics.put("meanDifference", mean);
    if (n > 1) {
      double error = Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1) / n);
      metrics.put("standardError", error);
      metrics.put("fixedLower", mean - StandardNormal.Z_95 * error);
      metrics.put("fixedUpper", mean + StandardNormal.Z_95 * error);
    }
    metrics.put("sequenceLower", sequence.lower());
    metrics.put("sequenceUpper", sequence.upper());
    metrics.put("logEValue", sequence.logEValue());
    metrics.put("logEValueAgainst", sequence.logEValueAgainst());
    metrics.put("accuracyDifference", (double) (versionOnly - referenceOnly) / n);
    metrics.put("mcNemarPValue", McNemar.pValue(referenceOnly, versionOnly));
    return metrics;
  }
}
