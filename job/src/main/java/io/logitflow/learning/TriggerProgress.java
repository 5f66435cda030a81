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
    boolean alarm =
        signal.alarmTime() != TrainingSignal.NO_ALARM
            && (orders == 0 || signal.alarmTime() > since);
    return new TriggerProgress(
        orders,
        since,
        labelled + signal.labelled(),
        total + signal.labelled(),
        alarm ? Math.max(alarmTime, signal.alarmTime()) : alarmTime);
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
    if (alarmTime != TrainingSignal.NO_ALARM && watermark >= alarmTime) {
      return Optional.of("drift alarm");
    }
    if (config.labels() > 0 && labelled >= config.labels()) {
      return Optional.of(labelled + " new labels");
    }
    Duration passed = Duration.ofMillis(watermark - since);
    boolean scheduled = !config.interval().isZero() && passed.compareTo(config.interval()) >= 0;
    return scheduled && labelled > 0 ? Optional.of("schedule") : Optional.empty();
  }

  /** After a training has been ordered. */
  TriggerProgress answered(TrainingOrder order) {
    return new TriggerProgress(order.number(), order.time(), 0, total, TrainingSignal.NO_ALARM);
  }
}
