package io.logitflow.learning;

import io.logitflow.learning.TrainingSignal.Kind;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Decides when it is time to train; see {@link TriggerProgress} and, for alarms that meet a
 * challenger, {@link OrderedAlarm}. One subtask, because labels are counted over all partitions. If
 * the input ends, the only training comes with its end.
 */
final class TrainingTrigger extends AbstractStreamOperator<TrainingOrder>
    implements OneInputStreamOperator<TrainingSignal, TrainingOrder>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final transient TrainingSettings settings;

  private transient TriggerProgress progress;
  private transient long watermark;
  private transient OrderedAlarm alarm;
  private transient ListState<TriggerProgress> state;
  private transient ListState<OrderedAlarm> alarmState;

  TrainingTrigger(StreamOperatorParameters<TrainingOrder> parameters, TrainingSettings settings) {
    super(parameters);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("progress", TypeInformation.of(TriggerProgress.class)));
    alarmState =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>("ordered-alarm", TypeInformation.of(OrderedAlarm.class)));
    watermark = Long.MIN_VALUE;
    progress = TriggerProgress.NOTHING;
    for (TriggerProgress restored : state.get()) {
      progress = restored;
    }
    alarm = OrderedAlarm.NONE;
    for (OrderedAlarm restored : alarmState.get()) {
      alarm = restored;
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(progress));
    alarmState.update(List.of(alarm));
  }

  @Override
  public void processElement(StreamRecord<TrainingSignal> element) {
    TrainingSignal signal = element.getValue();
    if (signal.kind() == Kind.CHAMPION) {
      logDropped(signal.value());
    }
    progress = progress.and(signal);
    alarm = alarm.and(signal);
    if (alarm.isDue()) {
      progress = progress.alarmed(alarm.time());
      alarm = OrderedAlarm.NONE;
    }
    // Decisions keep no time with the rest, and the next watermark may be long in coming.
    if (signal.kind() != Kind.LABELLED) {
      orderIfDue();
    }
  }

  private void logDropped(long champion) {
    long dropped = Math.max(progress.alarmTime(), alarm.time());
    if (dropped != TrainingSignal.NO_ALARM) {
      LOG.info(
          "The drift alarm of {} is no reason to train any more: version {} of model '{}' serves",
          Instant.ofEpochMilli(dropped),
          champion,
          settings.model());
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!mark.equals(Watermark.MAX_WATERMARK)) {
      watermark = mark.getTimestamp();
      orderIfDue();
    }
    super.processWatermark(mark);
  }

  private void orderIfDue() {
    if (!settings.bounded() && watermark != Long.MIN_VALUE) {
      progress = progress.startedBy(watermark);
      progress.due(watermark, settings.triggers()).ifPresent(this::order);
    }
  }

  @Override
  public void endInput() {
    if (settings.bounded()) {
      order(new TrainingOrder(progress.orders() + 1, TrainingOrder.AT_END, "the end of the input"));
    }
  }

  private void order(TrainingOrder order) {
    LOG.info("Training {} of model '{}': {}", order.number(), settings.model(), order.trigger());
    alarm = alarm.ordered(order, progress.alarmUpTo(order.time()));
    progress = progress.answered(order);
    output.collect(new StreamRecord<>(order));
  }
}
