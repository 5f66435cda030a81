package io.logitflow.learning;

import io.logitflow.config.TriggerConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * What has come since the last training, and whether it is a reason for another one. Immutable.
 *
 * @param orders trainings so far
 * @param since event time of the last training, or of the first watermark with labels, in ms since
 *     the epoch; {@link Long#MIN_VALUE} before that
 * @param labelled labelled records since then
 * @param total labelled records ever
 * @param alarmTime event time of a drift alarm that has not been answered; {@link
 *     TrainingSignal#NO_ALARM} for none
 */
public record TriggerProgress(long orders, long since, long labelled, long total, long alarmTime) {

  /** Nothing has come yet. */
  static final TriggerProgress NOTHING =
      new TriggerProgress(0, Long.MIN_VALUE, 0, 0, TrainingSignal.NO_ALARM);

  /** Takes a signal. An alarm from before the last training has been answered by it. */
  TriggerProgress and(TrainingSignal signal) {
    long value = signal.value();
    return switch (signal.kind()) {
      case LABELLED ->
          new TriggerProgress(orders, since, labelled + value, total + value, alarmTime);
      case ALARM -> orders == 0 || value > since ? alarmed(value) : this;
      case CHAMPION -> new TriggerProgress(orders, since, labelled, total, TrainingSignal.NO_ALARM);
      case ANSWERED, POSTPONED, REJECTED -> this;
    };
  }

  /** With an alarm that is to be answered, whenever it was. */
  TriggerProgress alarmed(long time) {
    return new TriggerProgress(orders, since, labelled, total, Math.max(alarmTime, time));
  }

  /**
   * The alarm that a training answers that is ordered now; {@link TrainingSignal#NO_ALARM}: none.
   */
  long alarmUpTo(long watermark) {
    return alarmTime <= watermark ? alarmTime : TrainingSignal.NO_ALARM;
  }

  /** The clock starts with the first label. */
  TriggerProgress startedBy(long watermark) {
    return since == Long.MIN_VALUE && total > 0
        ? new TriggerProgress(orders, watermark, labelled, total, alarmTime)
        : this;
  }

  /** The training that is due, if one is. */
  Optional<TrainingOrder> due(long watermark, TriggerConfig config) {
    if (since == Long.MIN_VALUE || total < config.minRows() || isCoolingDown(watermark, config)) {
      return Optional.empty();
    }
    return reason(watermark, config)
        .map(trigger -> new TrainingOrder(orders + 1, watermark, trigger));
  }

  private boolean isCoolingDown(long watermark, TriggerConfig config) {
    return orders > 0 && watermark - since < config.coolDown().toMillis();
  }

  private Optional<String> reason(long watermark, TriggerConfig config) {
    if (alarmUpTo(watermark) != TrainingSignal.NO_ALARM) {
      return Optional.of("drift alarm");
    }
    if (config.labels() > 0 && labelled >= config.labels()) {
      return Optional.of(labelled + " new labels");
    }
    Duration passed = Duration.ofMillis(watermark - since);
    boolean scheduled = !config.interval().isZero() && passed.compareTo(config.interval()) >= 0;
    return scheduled && labelled > 0 ? Optional.of("schedule") : Optional.empty();
  }

  /** After a training has been ordered. An alarm whose records are not in it yet goes on. */
  TriggerProgress answered(TrainingOrder order) {
    boolean later = alarmTime > order.time();
    return new TriggerProgress(
        order.number(), order.time(), 0, total, later ? alarmTime : TrainingSignal.NO_ALARM);
  }
}
