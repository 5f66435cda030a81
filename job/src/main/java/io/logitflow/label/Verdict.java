package io.logitflow.label;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What the labels of a record mean for it, or for one of its predictions. It follows from the set
 * of the labels alone, so the order in which they come does not matter.
 *
 * <p>The latest word counts: of the labels that are not late and name a class of the model, the one
 * with the greatest event time, and of equal ones that of the smallest class. Every label is
 * counted once: it is the one that counts, or repeats it ({@code duplicates}), or said something
 * else before the same source corrected itself ({@code corrected}), or contradicts it ({@code
 * conflicting}), or names no class of the model ({@code unknownClass}), or came after the retention
 * ({@code late}).
 *
 * @param trueClass index of the true class; -1 while no label counts
 * @param delay from the event time of the record to the first label of that class and source, in
 *     ms; 0 if the label is the earlier one
 * @param duplicates labels that repeat the one that counts, or one that does not
 * @param corrected labels that their source replaced by a later one of another class
 * @param conflicting labels that contradict the one that counts
 * @param unknownClass labels that name no class of the model
 * @param late labels that came later than the retention allows
 */
public record Verdict(
    int trueClass,
    long delay,
    int duplicates,
    int corrected,
    int conflicting,
    int unknownClass,
    int late) {

  /** What no label means. */
  public static final Verdict NONE = new Verdict(-1, 0, 0, 0, 0, 0, 0);

  private static final Comparator<String> SOURCES =
      Comparator.nullsFirst(Comparator.naturalOrder());

  /**
   * Judges a record.
   *
   * @param time event time of the record in ms since the epoch
   * @param groups its labels
   * @param classes index of the class that a label names; below 0 if there is no such class
   * @param retention how long after its event time a record can be labelled, in ms
   */
  public static Verdict of(
      long time, List<LabelGroup> groups, ToIntFunction<TrueLabel> classes, long retention) {
    if (groups.isEmpty()) {
      return NONE;
    }
    int[] indices = new int[groups.size()];
    int winner = -1;
    int unknownClass = 0;
    int late = 0;
    for (int i = 0; i < indices.length; i++) {
      LabelGroup group = groups.get(i);
      indices[i] = -1;
      if (group.firstTime() - time > retention) {
        late += group.count();
        continue;
      }
      indices[i] = classes.applyAsInt(group.label());
      if (indices[i] < 0) {
        unknownClass += group.count();
      } else if (winner < 0 || wins(group, indices[i], groups.get(winner), indices[winner])) {
        winner = i;
      }
    }
    if (winner < 0) {
      return new Verdict(-1, 0, 0, 0, 0, unknownClass, late);
    }
    LabelGroup counts = groups.get(winner);
    int duplicates = 0;
    int corrected = 0;
    int conflicting = 0;
    for (int i = 0; i < indices.length; i++) {
      LabelGroup group = groups.get(i);
      if (indices[i] < 0) {
        continue;
      }
      duplicates += group.count() - 1;
      if (i == winner) {
        continue;
      }
      if (indices[i] == indices[winner]) {
        duplicates++;
      } else if (Objects.equals(group.label().source(), counts.label().source())
          && group.label().time() < counts.label().time()) {
        corrected++;
      } else {
        conflicting++;
      }
    }
    return new Verdict(
        indices[winner],
        Math.max(0, counts.firstTime() - time),
        duplicates,
        corrected,
        conflicting,
        unknownClass,
        late);
  }

  private static boolean wins(LabelGroup group, int ofClass, LabelGroup other, int otherClass) {
    int byTime = Long.compare(group.label().time(), other.label().time());
    if (byTime != 0) {
      return byTime > 0;
    }
    if (ofClass != otherClass) {
      return ofClass < otherClass;
    }
    int bySource = SOURCES.compare(group.label().source(), other.label().source());
    return bySource != 0 ? bySource < 0 : group.label().name() == null;
  }

  /** Whether there is a label that counts. */
  public boolean isLabelled() {
    return trueClass >= 0;
  }

  /** Labels that were looked at. */
  public int labels() {
    return (isLabelled() ? 1 : 0) + duplicates + corrected + conflicting + unknownClass + late;
  }
}
