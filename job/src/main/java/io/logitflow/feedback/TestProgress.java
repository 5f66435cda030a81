package io.logitflow.feedback;

import io.logitflow.promotion.CandidateTest;

/**
 * A test and when something was last written of it.
 *
 * @param test the test
 * @param decidedAt event time of its last record in ms since the epoch
 * @param heldBack whether it has an outcome that could not be put in force then
 */
public record TestProgress(CandidateTest test, long decidedAt, boolean heldBack) {

  /** What tests are kept apart by: there is one of a candidate and a champion, ever. */
  static String key(long candidate, String championWeights) {
    return candidate + "/" + championWeights;
  }
}
