package io.logitflow.feedback;

import io.logitflow.label.LabelGroup;
import io.logitflow.label.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The predictions and labels of one record, in whichever order they come, and what follows from
 * them. What has been handed to {@link Consequences} adds up, at any moment, to a function of the
 * sets of both.
 */
final class RecordHistory {

  private final String recordId;
  private final List<ServedPrediction> predictions;
  private final List<LabelGroup> labels;

  /** A record of which nothing is known. */
  RecordHistory(String recordId) {
    this(recordId, new ArrayList<>(1), new ArrayList<>(1));
  }

  /** A record of which this is known; the lists are kept. */
  RecordHistory(String recordId, List<ServedPrediction> predictions, List<LabelGroup> labels) {
    this.recordId = recordId;
    this.predictions = predictions;
    this.labels = labels;
  }

  List<ServedPrediction> predictions() {
    return predictions;
  }

  List<LabelGroup> labels() {
    return labels;
  }

  boolean isEmpty() {
    return predictions.isEmpty() && labels.isEmpty();
  }

  /**
   * Takes predictions or a label.
   *
   * @param retention how long after its event time a prediction can be labelled, in ms
   * @return whether the history has changed
   */
  boolean add(FeedbackEvent event, ClassNames names, long retention, Consequences consequences) {
    List<ServedPrediction> fresh = fresh(event.predictions(), consequences);
    if (event.label() == null && fresh.isEmpty()) {
      return false;
    }
    List<Judged> before = judge(names, retention);
    predictions.addAll(fresh);
    if (event.label() != null) {
      LabelGroup.add(labels, event.label());
    }
    List<Judged> after = judge(names, retention);
    for (int i = 0; i < after.size(); i++) {
      Judged was = i < before.size() ? before.get(i) : null;
      Judged is = after.get(i);
      if (!Objects.equals(was, is)) {
        if (was != null && was.verdict().labels() > 0) {
          consequences.withdrawn(recordId, was);
        }
        if (is.verdict().labels() > 0) {
          consequences.judged(recordId, is);
        }
      }
    }
    return true;
  }

  /** Those that are not known yet; the others are repetitions. */
  private List<ServedPrediction> fresh(List<ServedPrediction> arriving, Consequences consequences) {
    List<ServedPrediction> fresh = new ArrayList<>(arriving.size());
    for (ServedPrediction prediction : arriving) {
      if (predictions.stream().anyMatch(prediction::repeats)
          || fresh.stream().anyMatch(prediction::repeats)) {
        consequences.repeated(recordId, prediction);
      } else {
        consequences.predicted(recordId, prediction);
        fresh.add(prediction);
      }
    }
    return fresh;
  }

  private List<Judged> judge(ClassNames names, long retention) {
    List<Judged> judged = new ArrayList<>(predictions.size());
    for (ServedPrediction prediction : predictions) {
      Verdict verdict = prediction.verdict(labels, names, retention);
      ServedPrediction champion =
          prediction.challenger() && verdict.isLabelled() ? champion() : null;
      int championClass =
          champion == null ? -1 : champion.verdict(labels, names, retention).trueClass();
      judged.add(
          new Judged(prediction, verdict, championClass < 0 ? null : champion, championClass));
    }
    return judged;
  }

  /** The champion's prediction; after a change of champion between two attempts, the elder one. */
  private ServedPrediction champion() {
    ServedPrediction champion = null;
    for (ServedPrediction prediction : predictions) {
      if (!prediction.challenger()
          && (champion == null
              || prediction.modelVersion() < champion.modelVersion()
              || (prediction.modelVersion() == champion.modelVersion()
                  && prediction.calibrationVersion() < champion.calibrationVersion()))) {
        champion = prediction;
      }
    }
    return champion;
  }

  /**
   * When nothing that comes can change anything any more, in event time: the retention after the
   * last prediction, or if there is none, after the last label.
   */
  long end(long retention) {
    long last = Long.MIN_VALUE;
    for (ServedPrediction prediction : predictions) {
      last = Math.max(last, prediction.time());
    }
    if (predictions.isEmpty()) {
      for (LabelGroup group : labels) {
        last = Math.max(last, group.label().time());
      }
    }
    return last + retention;
  }

  /** Reports labels without a prediction. The history is over. */
  void close(Consequences consequences) {
    if (predictions.isEmpty()) {
      labels.forEach(group -> consequences.unmatched(recordId, group));
    }
  }
}
