package io.logitflow.feedback;

import io.logitflow.label.LabelGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Keeps what holds: what was judged and not withdrawn, and counts of the rest. */
final class TestingConsequences implements Consequences {

  /** What tells the predictions of all records apart. */
  record Of(String recordId, long modelVersion, boolean challenger) {}

  private final Map<Of, Judged> judged = new HashMap<>();
  private final Map<Of, Integer> predicted = new HashMap<>();
  private final Map<Of, Integer> repeated = new HashMap<>();
  private final Map<String, Integer> unmatched = new HashMap<>();

  private static Of of(String recordId, ServedPrediction prediction) {
    return new Of(recordId, prediction.modelVersion(), prediction.challenger());
  }

  Map<Of, Judged> judged() {
    return judged;
  }

  Map<Of, Integer> predicted() {
    return predicted;
  }

  Map<Of, Integer> repeated() {
    return repeated;
  }

  Map<String, Integer> unmatched() {
    return unmatched;
  }

  @Override
  public void predicted(String recordId, ServedPrediction prediction) {
    predicted.merge(of(recordId, prediction), 1, Integer::sum);
  }

  @Override
  public void repeated(String recordId, ServedPrediction prediction) {
    repeated.merge(of(recordId, prediction), 1, Integer::sum);
  }

  @Override
  public void judged(String recordId, Judged is) {
    if (judged.putIfAbsent(of(recordId, is.prediction()), is) != null) {
      throw new AssertionError("judged twice without being withdrawn: " + is);
    }
  }

  @Override
  public void withdrawn(String recordId, Judged was) {
    Judged before = judged.remove(of(recordId, was.prediction()));
    if (!Objects.equals(before, was)) {
      throw new AssertionError("withdrawn: " + was + ", but what holds is " + before);
    }
  }

  @Override
  public void unmatched(String recordId, LabelGroup labels) {
    unmatched.merge(recordId, labels.count(), Integer::sum);
  }
}
