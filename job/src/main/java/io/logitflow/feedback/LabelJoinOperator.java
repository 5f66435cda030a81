package io.logitflow.feedback;

import io.logitflow.connector.ModelDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Joins predictions and labels by record id, in whichever order they come, and adds up what follows
 * from them.
 *
 * <p>The history of a record is in keyed state until the retention is over in event time; one timer
 * per record ends it. The sums of the first phase are flushed when there are many, every second,
 * before each checkpoint barrier, and before a watermark that completes windows, so that a window
 * is reported with all that came before.
 */
final class LabelJoinOperator extends AbstractStreamOperator<WindowPart>
    implements OneInputStreamOperator<FeedbackEvent, WindowPart>,
        Triggerable<String, VoidNamespace> {

  private static final long serialVersionUID = 1L;
  private static final long FLUSH_INTERVAL = Duration.ofSeconds(1).toMillis();

  /** Parts that are held at most; each takes some kilobytes. */
  private static final int MAX_PARTS = 1_000;

  private final transient FeedbackSettings settings;
  private final transient RecordHistoryFormat format = new RecordHistoryFormat();

  private transient ModelDirectory models;
  private transient ClassNames classNames;
  private transient PartialStatistics partial;
  private transient Consequences consequences;
  private transient StreamRecord<WindowPart> reused;
  private transient ValueState<byte[]> histories;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient ScheduledFuture<?> flushing;
  private transient long watermark;

  LabelJoinOperator(StreamOperatorParameters<WindowPart> parameters, FeedbackSettings settings) {
    super(parameters);
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    models = settings.models().open();
    classNames =
        (version, name) ->
            models.version(version).map(model -> model.classNames().indexOf(name)).orElse(-1);
    partial = new PartialStatistics(settings.windowing());
    consequences = new SampledConsequences(partial, this::sample);
    reused = new StreamRecord<>(null);
    watermark = Long.MIN_VALUE;
    histories =
        getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "history", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    timers = getInternalTimerService("retention", VoidNamespaceSerializer.INSTANCE, this);
    flushing =
        getProcessingTimeService()
            .scheduleWithFixedDelay(time -> flush(), FLUSH_INTERVAL, FLUSH_INTERVAL);
  }

  @Override
  public void processElement(StreamRecord<FeedbackEvent> element) throws Exception {
    FeedbackEvent event = element.getValue();
    byte[] bytes = histories.value();
    RecordHistory history = history(event.recordId(), bytes);
    if (history.add(event, classNames, settings.windowing().retention(), consequences)) {
      histories.update(format.write(history));
    }
    if (bytes == null) {
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, history.end(settings.windowing().retention()));
    }
    if (partial.size() >= MAX_PARTS) {
      flush();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    byte[] bytes = histories.value();
    if (bytes == null) {
      return;
    }
    RecordHistory history = history(timer.getKey(), bytes);
    long end = history.end(settings.windowing().retention());
    if (end > timer.getTimestamp()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
      return;
    }
    history.close(consequences);
    histories.clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("No timer of processing time is ever registered");
  }

  private RecordHistory history(String recordId, byte[] bytes) throws IOException {
    return bytes == null ? new RecordHistory(recordId) : format.read(recordId, bytes);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    timeServiceManager.advanceWatermark(mark);
    if (settings.windowing().fireBetween(watermark, mark.getTimestamp())) {
      flush();
    }
    watermark = mark.getTimestamp();
    output.emitWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (flushing != null) {
      flushing.cancel(false);
    }
    if (models != null) {
      models.close();
    }
    super.close();
  }

  private void flush() {
    partial.flush(part -> output.collect(reused.replace(part)));
  }

  private void sample(LabelledRecord record) {
    output.collect(LabelJoinOperatorFactory.LABELLED, new StreamRecord<>(record));
  }
}
