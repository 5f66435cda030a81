package io.logitflow.learning;

import io.logitflow.connector.ModelTopicException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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
import org.apache.flink.util.OutputTag;

/**
 * Joins features and labels by record id, in whichever order they come, and hands records on when
 * they have matured: when the watermark has passed their event time by the maturity, so that labels
 * which come early have no more weight than others.
 *
 * <p>A record waits in keyed state, as bytes, with one timer. How many have matured with a label is
 * told before each watermark.
 */
final class MaturityJoin extends AbstractStreamOperator<MaturedRecord>
    implements OneInputStreamOperator<TrainingEvent, MaturedRecord>,
        Triggerable<String, VoidNamespace> {

  /** How many records have matured with a label. */
  static final OutputTag<TrainingSignal> SIGNALS =
      new OutputTag<>("signals", TypeInformation.of(TrainingSignal.class));

  private static final long serialVersionUID = 1L;

  private final transient TrainingSettings settings;
  private final transient long maturity;
  private final transient PendingRecordFormat format = new PendingRecordFormat();

  private transient LabelTexts texts;
  private transient ValueState<byte[]> pending;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<MaturedRecord> reused;
  private transient long labelled;
  private transient Counter matured;
  private transient Counter unlabelled;
  private transient Counter late;
  private transient Counter repeated;
  private transient Counter labelsWithoutFeatures;

  MaturityJoin(StreamOperatorParameters<MaturedRecord> parameters, TrainingSettings settings) {
    super(parameters);
    this.settings = settings;
    this.maturity = settings.maturity().toMillis();
  }

  @Override
  public void open() throws Exception {
    super.open();
    texts = new LabelTexts(classNames());
    reused = new StreamRecord<>(null);
    pending =
        getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "pending", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    timers = getInternalTimerService("maturity", VoidNamespaceSerializer.INSTANCE, this);
    MetricGroup metrics = getMetricGroup().addGroup("logitflow");
    matured = metrics.counter("recordsMatured");
    unlabelled = metrics.counter("recordsWithoutLabel");
    late = metrics.counter("recordsTooLate");
    repeated = metrics.counter("eventsRepeated");
    labelsWithoutFeatures = metrics.counter("labelsWithoutFeatures");
  }

  /** The names that the options give, or else those of the model, if there is one by now. */
  private List<String> classNames() throws ModelTopicException {
    if (!settings.classNames().isEmpty()) {
      return settings.classNames();
    }
    return ReferenceModels.read(settings).classNames();
  }

  @Override
  public void processElement(StreamRecord<TrainingEvent> element) throws Exception {
    TrainingEvent event = element.getValue();
    byte[] bytes = pending.value();
    if (event.features() != null && event.time() + maturity <= timers.currentWatermark()) {
      // Its label may have come and gone; a sample of those whose label has not would be biased.
      late.inc();
      return;
    }
    PendingRecord record =
        bytes == null ? new PendingRecord() : format.read(event.recordId(), bytes);
    if (record.add(event)) {
      repeated.inc();
    }
    pending.update(format.write(record));
    if (bytes == null) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, record.end(maturity));
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    byte[] bytes = pending.value();
    if (bytes == null) {
      return;
    }
    PendingRecord record = format.read(timer.getKey(), bytes);
    long end = record.end(maturity);
    if (end > timer.getTimestamp()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
      return;
    }
    pending.clear();
    mature(timer.getKey(), record);
  }

  private void mature(String recordId, PendingRecord record) {
    Optional<MaturedRecord> becomes = record.mature(recordId, texts, maturity);
    if (becomes.isEmpty()) {
      labelsWithoutFeatures.inc();
      return;
    }
    matured.inc();
    if (becomes.get().isLabelled()) {
      labelled++;
    } else {
      unlabelled.inc();
    }
    output.collect(reused.replace(becomes.get()));
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("No timer of processing time is ever registered");
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    timeServiceManager.advanceWatermark(mark);
    tell();
    output.emitWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    tell();
  }

  private void tell() {
    if (labelled > 0) {
      output.collect(SIGNALS, new StreamRecord<>(TrainingSignal.labelled(labelled)));
      labelled = 0;
    }
  }
}
