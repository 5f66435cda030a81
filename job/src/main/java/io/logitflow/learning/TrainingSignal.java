package io.logitflow.learning;

/**
 * What may be a reason to train.
 *
 * @param labelled records that have matured with a label
 * @param alarmTime event time of a drift alarm in ms since the epoch; {@link #NO_ALARM} for none
 */
public record TrainingSignal(long labelled, long alarmTime) {

  /** There is no alarm. */
  static final long NO_ALARM = Long.MIN_VALUE;

  static TrainingSignal labelled(long records) {
    return new TrainingSignal(records, NO_ALARM);
  }

  static TrainingSignal alarm(long time) {
    return new TrainingSignal(0, time);
  }
}
