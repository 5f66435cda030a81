package io.logitflow.replay;

import java.util.Arrays;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Joins feature records and predictions by record id, in whichever order they come. A record may
 * have any number of predictions: of champion and challengers, and again after a failure of the job
 * that made them. What belongs together may be anywhere in the range, so features are kept until
 * its end, when what is left alone is counted.
 */
final class AuditJoinOperator extends AbstractStreamOperator<AuditPair>
    implements OneInputStreamOperator<AuditEvent, AuditPair>, Triggerable<String, VoidNamespace> {

  private static final long serialVersionUID = 1L;
  private static final long END_OF_INPUT = Long.MAX_VALUE;
  private static final long[] NONE = {};

  private transient PendingCounts counts;
  private transient ValueState<ReplayedFeatures> features;
  private transient ListState<LoggedRecord> waiting;
  private transient ValueState<long[]> origins;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient StreamRecord<AuditPair> reused;

  AuditJoinOperator(StreamOperatorParameters<AuditPair> parameters) {
    super(parameters);
  }

  @Override
  public void open() throws Exception {
    super.open();
    counts = new PendingCounts();
    reused = new StreamRecord<>(null);
    features =
        getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>("features", TypeInformation.of(ReplayedFeatures.class)));
    waiting =
        getKeyedStateStore()
            .getListState(
                new ListStateDescriptor<>("waiting", TypeInformation.of(LoggedRecord.class)));
    origins =
        getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "origins", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    timers = getInternalTimerService("end-of-input", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  public void processElement(StreamRecord<AuditEvent> element) throws Exception {
    AuditEvent event = element.getValue();
    if (event.features() != null) {
      add(event.recordId(), event.features());
    } else {
      add(event.recordId(), event.logged());
    }
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, END_OF_INPUT);
  }

  private void add(String recordId, ReplayedFeatures record) throws Exception {
    if (features.value() != null) {
      counts.add(Counts.DOUBLED_FEATURES, 1);
      return;
    }
    counts.add(Counts.FEATURES, 1);
    features.update(record);
    for (LoggedRecord logged : waiting.get()) {
      join(recordId, record, logged);
    }
    waiting.clear();
  }

  private void add(String recordId, LoggedRecord logged) throws Exception {
    long[] known = origins.value() == null ? NONE : origins.value();
    for (LoggedPrediction prediction : logged.predictions()) {
      long[] before = known;
      if (Arrays.stream(before).anyMatch(origin -> origin == prediction.origin())) {
        counts.add(Counts.DOUBLED_PREDICTIONS, 1);
      } else {
        known = Arrays.copyOf(before, before.length + 1);
        known[before.length] = prediction.origin();
      }
    }
    origins.update(known);
    ReplayedFeatures record = features.value();
    if (record == null) {
      waiting.add(logged);
    } else {
      join(recordId, record, logged);
    }
  }

  private void join(String recordId, ReplayedFeatures record, LoggedRecord logged) {
    for (int index = 0; index < logged.predictions().size(); index++) {
      output.collect(reused.replace(new AuditPair(recordId, record, logged, index)));
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    long alone = 0;
    for (LoggedRecord logged : waiting.get()) {
      alone += logged.predictions().size();
    }
    if (alone > 0) {
      counts.add(Counts.WITHOUT_FEATURES, alone);
    }
    if (origins.value() == null) {
      counts.add(Counts.WITHOUT_PREDICTION, 1);
    }
    features.clear();
    waiting.clear();
    origins.clear();
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("No timer of processing time is ever registered");
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

  private void flush() {
    counts.flush(finding -> output.collect(AuditSplit.FINDINGS, new StreamRecord<>(finding)));
  }
}
