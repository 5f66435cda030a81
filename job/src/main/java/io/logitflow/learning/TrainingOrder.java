package io.logitflow.learning;

/**
 * Says that it is time to train.
 *
 * @param number 1, 2, 3 ... within the job and what is restored of it
 * @param time watermark when it was decided: records that have matured by then are to be in the
 *     sample; {@link #AT_END} at the end of the input
 * @param trigger why, for people
 */
public record TrainingOrder(long number, long time, String trigger) {

  /** The time of what waits for the end of the input. */
  static final long AT_END = Long.MAX_VALUE;

  /** Whether it is that of the end of the input. */
  boolean isAtEnd() {
    return time == AT_END;
  }
}
