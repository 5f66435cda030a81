package io.logitflow.generator;

import java.time.Duration;

/**
 * What a run has done so far.
 *
 * @param elapsed since the first record was due; zero before that
 * @param sentFeatures feature records handed to the producer
 * @param sentLabels labels handed to the producer
 * @param pendingLabels labels that wait for their time
 * @param earlyLabels labels sent before their time: the queue was full, or the run ended
 * @param targetRate feature records a second that are due now; 0: as many as possible
 * @param achievedRate feature records a second, on average since the start
 * @param lag how far the next record is behind its schedule; zero if the rate is unlimited
 * @param medianLag how far records were behind their schedule when they were sent: median
 * @param p99Lag the same, 99th percentile
 * @param largestLag the same, largest
 * @param finished whether everything is sent and acknowledged, or the run was stopped or failed
 */
public record LoadProgress(
    Duration elapsed,
    long sentFeatures,
    long sentLabels,
    long pendingLabels,
    long earlyLabels,
    double targetRate,
    double achievedRate,
    Duration lag,
    Duration medianLag,
    Duration p99Lag,
    Duration largestLag,
    boolean finished) {

  /** Before the start. */
  static final LoadProgress NOTHING =
      new LoadProgress(
          Duration.ZERO,
          0,
          0,
          0,
          0,
          0,
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          false);
}
