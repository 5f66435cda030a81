package io.logitflow.label;

import java.util.List;
import java.util.Objects;

/**
 * The labels by which one source says the same of a record.
 *
 * @param label the label, with the time of the latest of them
 * @param firstTime event time of the earliest of them
 * @param count how many they are
 */
public record LabelGroup(TrueLabel label, long firstTime, int count) {

  /** A group of one label. */
  public static LabelGroup of(TrueLabel label) {
    return new LabelGroup(label, label.time(), 1);
  }

  /** Takes a label into the group that says the same, or into a new one. */
  public static void add(List<LabelGroup> groups, TrueLabel label) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).takes(label)) {
        groups.set(i, groups.get(i).and(label));
        return;
      }
    }
    groups.add(of(label));
  }

  private boolean takes(TrueLabel other) {
    return label.index() == other.index()
        && Objects.equals(label.name(), other.name())
        && Objects.equals(label.source(), other.source());
  }

  private LabelGroup and(TrueLabel other) {
    return new LabelGroup(
        other.time() > label.time() ? other : label, Math.min(firstTime, other.time()), count + 1);
  }
}
