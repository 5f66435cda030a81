package io.logitflow.learning;

/**
 * The drift alarm for which a training has been ordered, until the training has been answered. If
 * the answer is that a challenger is being evaluated, the alarm is kept until one has been given
 * up, and is a reason to train again. Once another champion serves it is about nobody. Immutable.
 *
 * <p>The answer and what becomes of the challenger are written by two jobs, and may be read in
 * either order. Which challenger was given up does not matter: at worst, one training more is
 * ordered and postponed.
 *
 * @param time event time of the alarm; {@link TrainingSignal#NO_ALARM} for none
 * @param order time of the order
 * @param postponed whether the answer was that a challenger is being evaluated
 * @param rejected whether a challenger has been given up since the order
 */
public record OrderedAlarm(long time, long order, boolean postponed, boolean rejected) {

  /** No alarm waits for an answer. */
  static final OrderedAlarm NONE = new OrderedAlarm(TrainingSignal.NO_ALARM, 0, false, false);

  boolean isNone() {
    return time == TrainingSignal.NO_ALARM;
  }

  /** Whether it is a reason to train again. */
  boolean isDue() {
    return postponed && rejected;
  }

  /**
   * After an order, which is for an alarm that still waits as well.
   *
   * @param alarmTime the alarm that the order is for; {@link TrainingSignal#NO_ALARM} for none
   */
  OrderedAlarm ordered(TrainingOrder next, long alarmTime) {
    long newest = Math.max(time, alarmTime);
    return newest == TrainingSignal.NO_ALARM
        ? NONE
        : new OrderedAlarm(newest, next.time(), false, false);
  }

  /** Takes a signal. */
  OrderedAlarm and(TrainingSignal signal) {
    if (isNone()) {
      return this;
    }
    return switch (signal.kind()) {
      case ANSWERED -> signal.value() == order ? NONE : this;
      case POSTPONED ->
          signal.value() == order ? new OrderedAlarm(time, order, true, rejected) : this;
      case REJECTED -> new OrderedAlarm(time, order, postponed, true);
      case CHAMPION -> NONE;
      case LABELLED, ALARM -> this;
    };
  }
}
