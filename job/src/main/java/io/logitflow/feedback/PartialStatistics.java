package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.label.LabelGroup;
import io.logitflow.label.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Statistics of what came since the last flush. The first phase of two: a subtask adds up what it
 * sees, and only sums travel to the subtask that keeps a window, so that one busy model does not
 * keep one subtask busy and the others idle. Holds nothing that a checkpoint would have to hold,
 * because it is flushed before each.
 */
final class PartialStatistics implements Consequences {

  private final Windowing windowing;
  private final Map<StatisticsKey, CalibrationStatistics> parts = new HashMap<>();
  private final Map<Long, Long> unmatchedLabels = new HashMap<>();

  PartialStatistics(Windowing windowing) {
    this.windowing = windowing;
  }

  /** Windows, versions and segments that something is held of. */
  int size() {
    return parts.size() + unmatchedLabels.size();
  }

  /** Hands on everything that is held. */
  void flush(Consumer<WindowPart> out) {
    parts.forEach((key, statistics) -> out.accept(new WindowPart(key, statistics, 0)));
    parts.clear();
    unmatchedLabels.forEach(
        (start, labels) ->
            out.accept(
                new WindowPart(
                    StatisticsKey.unmatched(start), new CalibrationStatistics(1), labels)));
    unmatchedLabels.clear();
  }

  @Override
  public void predicted(String recordId, ServedPrediction prediction) {
    ServedDistribution distribution = prediction.distribution(recordId);
    forEach(prediction, statistics -> statistics.addPrediction(distribution));
  }

  @Override
  public void repeated(String recordId, ServedPrediction prediction) {
    forEach(prediction, statistics -> statistics.addDuplicatePredictions(1));
  }

  @Override
  public void judged(String recordId, Judged judged) {
    count(recordId, judged, true);
  }

  @Override
  public void withdrawn(String recordId, Judged judged) {
    count(recordId, judged, false);
  }

  @Override
  public void unmatched(String recordId, LabelGroup labels) {
    unmatchedLabels.merge(windowing.start(labels.label().time()), (long) labels.count(), Long::sum);
  }

  private void forEach(ServedPrediction prediction, Consumer<CalibrationStatistics> change) {
    change.accept(part(prediction, ""));
    if (prediction.segment() != null && !prediction.segment().isEmpty()) {
      change.accept(part(prediction, prediction.segment()));
    }
  }

  private CalibrationStatistics part(ServedPrediction prediction, String segment) {
    StatisticsKey key =
        new StatisticsKey(
            prediction.modelVersion(),
            prediction.calibrationVersion(),
            prediction.challenger(),
            segment,
            prediction.classes(),
            windowing.start(prediction.time()));
    return parts.computeIfAbsent(key, k -> new CalibrationStatistics(k.classes()));
  }

  private void count(String recordId, Judged judged, boolean add) {
    ServedPrediction prediction = judged.prediction();
    Verdict verdict = judged.verdict();
    long sign = add ? 1 : -1;
    ServedDistribution distribution = prediction.distribution(recordId);
    ServedDistribution champion =
        judged.champion() == null ? null : judged.champion().distribution(recordId);
    forEach(
        prediction,
        statistics -> {
          statistics.addLabels(
              sign * verdict.duplicates(),
              sign * verdict.corrected(),
              sign * verdict.conflicting(),
              sign * verdict.unknownClass(),
              sign * verdict.late());
          if (!verdict.isLabelled()) {
            return;
          }
          if (add) {
            statistics.addOutcome(distribution, verdict.trueClass(), verdict.delay());
          } else {
            statistics.removeOutcome(distribution, verdict.trueClass(), verdict.delay());
          }
          if (champion == null) {
            return;
          }
          long version = judged.champion().modelVersion();
          if (add) {
            statistics.addPaired(
                distribution, champion, version, verdict.trueClass(), judged.championClass());
          } else {
            statistics.removePaired(
                distribution, champion, version, verdict.trueClass(), judged.championClass());
          }
        });
  }
}
