package io.logitflow.feedback;

import java.util.Objects;

/**
 * The labels by which one source says the same of a record.
 *
 * @param label the label, with the time of the latest of them
 * @param firstTime event time of the earliest of them
 * @param count how many they are
 */
record LabelGroup(TrueLabel label, long firstTime, int count) {

  static LabelGroup of(TrueLabel label) {
    return new LabelGroup(label, label.time(), 1);
  }

  boolean takes(TrueLabel other) {
    return label.index() == other.index()
        && Objects.equals(label.name(), other.name())
        && Objects.equals(label.source(), other.source());
  }

  LabelGroup and(TrueLabel other) {
    return new LabelGroup(
        other.time() > label.time() ? other : label, Math.min(firstTime, other.time()), count + 1);
  }
}
