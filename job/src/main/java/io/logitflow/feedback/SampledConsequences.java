package io.logitflow.feedback;

import io.logitflow.label.LabelGroup;
import io.logitflow.label.RecordHash;
import java.util.function.Consumer;

/** Hands everything on, and beside it the labelled predictions of champions. */
final class SampledConsequences implements Consequences {

  private final Consequences next;
  private final Consumer<LabelledRecord> sample;

  SampledConsequences(Consequences next, Consumer<LabelledRecord> sample) {
    this.next = next;
    this.sample = sample;
  }

  @Override
  public void predicted(String recordId, ServedPrediction prediction) {
    next.predicted(recordId, prediction);
  }

  @Override
  public void repeated(String recordId, ServedPrediction prediction) {
    next.repeated(recordId, prediction);
  }

  @Override
  public void judged(String recordId, Judged judged) {
    next.judged(recordId, judged);
    if (judged.verdict().isLabelled()) {
      sample(recordId, judged.prediction(), judged.verdict().trueClass());
    }
  }

  @Override
  public void withdrawn(String recordId, Judged judged) {
    next.withdrawn(recordId, judged);
    if (judged.verdict().isLabelled()) {
      sample(recordId, judged.prediction(), -1);
    }
  }

  @Override
  public void unmatched(String recordId, LabelGroup labels) {
    next.unmatched(recordId, labels);
  }

  private void sample(String recordId, ServedPrediction prediction, int trueClass) {
    if (!prediction.challenger() && prediction.logits().length > 0) {
      sample.accept(
          new LabelledRecord(
              prediction.modelVersion(),
              RecordHash.of(recordId),
              prediction.time(),
              trueClass,
              trueClass < 0 ? new float[0] : prediction.logits()));
    }
  }
}
