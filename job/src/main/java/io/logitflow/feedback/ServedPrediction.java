package io.logitflow.feedback;

import io.logitflow.calibration.ServedDistribution;
import io.logitflow.label.LabelGroup;
import io.logitflow.label.RecordHash;
import io.logitflow.label.TrueLabel;
import io.logitflow.label.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the feedback keeps of a prediction until its label comes. Immutable by agreement: nobody
 * writes into its arrays.
 *
 * @param time event time of the record in ms since the epoch
 * @param segment segment of the record; null: none
 * @param modelVersion version of the model that scored
 * @param calibrationVersion version of the calibration that was applied
 * @param challenger whether that version was a challenger instead of the champion
 * @param label index of the predicted class
 * @param probabilities probability of each class as it was served, {@code [classes]}
 * @param logits logits before calibration, {@code [classes]}, or of length 0
 */
public record ServedPrediction(
    long time,
    String segment,
    long modelVersion,
    int calibrationVersion,
    boolean challenger,
    int label,
    float[] probabilities,
    float[] logits) {

  /** Number of classes. */
  public int classes() {
    return probabilities.length;
  }

  /** Index of the class that a label names to this prediction; -1 if its model has no such one. */
  int classOf(TrueLabel label, ClassNames names) {
    int index = label.name() == null ? label.index() : names.indexOf(modelVersion, label.name());
    return index >= 0 && index < classes() ? index : -1;
  }

  /** What the labels of its record mean for this prediction. */
  Verdict verdict(List<LabelGroup> labels, ClassNames names, long retention) {
    return Verdict.of(time, labels, label -> classOf(label, names), retention);
  }

  /** What was served, for statistics. */
  ServedDistribution distribution(String recordId) {
    return new ServedDistribution(
        label, probabilities, logits, calibrationVersion == 0, RecordHash.of(recordId));
  }

  /** Whether the other one comes of the same version in the same role, so that it is a double. */
  boolean repeats(ServedPrediction other) {
    return modelVersion == other.modelVersion
        && calibrationVersion == other.calibrationVersion
        && challenger == other.challenger;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServedPrediction that
        && repeats(that)
        && time == that.time
        && label == that.label
        && Objects.equals(segment, that.segment)
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(logits, that.logits);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * modelVersion + time);
  }

  @Override
  public String toString() {
    return "version %d calibration %d %s at %d: class %d of %s"
        .formatted(
            modelVersion,
            calibrationVersion,
            challenger ? "challenger" : "champion",
            time,
            label,
            Arrays.toString(probabilities));
  }
}
