package io.logitflow.feedback;

import io.logitflow.label.LabelGroup;

/** Takes what follows from a prediction or a label, so that it can be counted. */
interface Consequences {

  /** There is a prediction. */
  void predicted(String recordId, ServedPrediction prediction);

  /** A prediction came again. */
  void repeated(String recordId, ServedPrediction prediction);

  /** This holds from now on. */
  void judged(String recordId, Judged judged);

  /** This was handed to {@link #judged} and does not hold any more. */
  void withdrawn(String recordId, Judged judged);

  /** No prediction came for these labels within the retention. */
  void unmatched(String recordId, LabelGroup labels);
}
