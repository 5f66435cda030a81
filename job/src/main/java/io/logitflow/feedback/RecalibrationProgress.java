package io.logitflow.feedback;

import io.logitflow.config.RecalibrationConfig;

/**
 * What has come since the last decision.
 *
 * @param decidedAt event time of the last decision, or of the first window, in ms since the epoch
 * @param matured labels of complete windows that are new since then
 * @param sampled records in the sample
 * @param halvings logarithm to base 2 of the records of which one is sampled
 */
public record RecalibrationProgress(long decidedAt, long matured, int sampled, int halvings) {

  static RecalibrationProgress begun(long time) {
    return new RecalibrationProgress(time, 0, 0, 0);
  }

  RecalibrationProgress matured(long labels) {
    return new RecalibrationProgress(decidedAt, matured + labels, sampled, halvings);
  }

  RecalibrationProgress sampled(int records) {
    return new RecalibrationProgress(decidedAt, matured, records, halvings);
  }

  RecalibrationProgress thinner() {
    return new RecalibrationProgress(decidedAt, matured, sampled, halvings + 1);
  }

  /** After a rush: what comes from now on is sampled more densely again. */
  RecalibrationProgress denser() {
    return new RecalibrationProgress(decidedAt, matured, sampled, Math.max(0, halvings - 1));
  }

  RecalibrationProgress decided(long time) {
    return new RecalibrationProgress(time, 0, sampled, halvings);
  }

  /** Whether a record is in the sample. */
  boolean samples(long recordHash) {
    return (recordHash & ((1L << halvings) - 1)) == 0;
  }

  /** Whether enough labels or enough event time with labels have come. */
  boolean isDue(long time, RecalibrationConfig config) {
    return matured >= config.labels()
        || (matured > 0 && time - decidedAt >= config.interval().toMillis());
  }
}
