package io.logitflow.launcher.calibration;

import io.logitflow.schema.CalibrationRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Labels and predictions that were counted because something was wrong with them.
 *
 * @param expired predictions whose label did not come
 * @param duplicate labels that repeated an earlier one
 * @param corrected labels that replaced an earlier one
 * @param conflicting labels that contradicted an earlier one that stands
 * @param unknownClass labels that named no class of the model
 * @param late labels that came after their window was complete
 * @param withoutPrediction labels for which no prediction came
 * @param duplicatePredictions predictions that repeated an earlier one
 */
record LabelCounts(
    long expired,
    long duplicate,
    long corrected,
    long conflicting,
    long unknownClass,
    long late,
    long withoutPrediction,
    long duplicatePredictions) {

  static final LabelCounts NONE = new LabelCounts(0, 0, 0, 0, 0, 0, 0, 0);

  static LabelCounts of(CalibrationRecord record) {
    return new LabelCounts(
        record.getExpired(),
        record.getDuplicateLabels(),
        record.getCorrectedLabels(),
        record.getConflictingLabels(),
        record.getUnknownClassLabels(),
        record.getLateLabels(),
        record.getLabelsWithoutPrediction(),
        record.getDuplicatePredictions());
  }

  LabelCounts plus(LabelCounts other) {
    return new LabelCounts(
        expired + other.expired,
        duplicate + other.duplicate,
        corrected + other.corrected,
        conflicting + other.conflicting,
        unknownClass + other.unknownClass,
        late + other.late,
        withoutPrediction + other.withoutPrediction,
        duplicatePredictions + other.duplicatePredictions);
  }

  /** The counts of a version that are not 0, by what they are, in words. */
  Map<String, Long> notable() {
    Map<String, Long> notable = new LinkedHashMap<>();
    notable.put("predictions whose label did not come in time", expired);
    notable.put("late labels", late);
    notable.put("corrected labels", corrected);
    notable.put("conflicting labels", conflicting);
    notable.put("duplicate labels", duplicate);
    notable.put("labels of unknown classes", unknownClass);
    notable.put("duplicate predictions", duplicatePredictions);
    notable.values().removeIf(count -> count == 0);
    return notable;
  }
}
