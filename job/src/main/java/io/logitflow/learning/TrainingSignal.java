package io.logitflow.learning;

/**
 * What may be a reason to train, or take one away.
 *
 * @param kind what it is
 * @param value what its kind says
 */
public record TrainingSignal(Kind kind, long value) {

  /** There is no alarm. */
  static final long NO_ALARM = Long.MIN_VALUE;

  /** What a signal tells, and of what its value is. */
  public enum Kind {
    /** Records have matured with a label; their number. */
    LABELLED,
    /** A drift alarm; its event time in ms since the epoch. */
    ALARM,
    /** A training has been answered; the time of its order. */
    ANSWERED,
    /** A training has been answered: not while a challenger is evaluated; the time of its order. */
    POSTPONED,
    /** A challenger has been given up; its version. */
    REJECTED,
    /** Another version serves; which. */
    CHAMPION
  }

  static TrainingSignal labelled(long records) {
    return new TrainingSignal(Kind.LABELLED, records);
  }

  static TrainingSignal alarm(long time) {
    return new TrainingSignal(Kind.ALARM, time);
  }
}
