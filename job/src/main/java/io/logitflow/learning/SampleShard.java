package io.logitflow.learning;

import io.logitflow.training.sample.Cuts;
import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps this subtask's part of the sample, and hands it over when a training is ordered and the
 * records that had matured by then have come.
 *
 * <p>Rows and tallies are dealt out anew when the parallelism changes. That is right however they
 * fall, because the sample of a union is made of the samples of its parts ({@link Sample}); only
 * where strata end must be known to all. After a restore the last order is answered again: what was
 * on its way, and the training made from it, are not in the checkpoint. Who has seen the answer
 * before passes it over. As before, it is answered once the records that had matured by then have
 * come, which may be at once: watermarks are in the checkpoint too.
 */
final class SampleShard extends AbstractStreamOperator<ShardPart>
    implements TwoInputStreamOperator<MaturedRecord, TrainingOrder, ShardPart> {

  private static final long serialVersionUID = 1L;

  /** Features that are handed over in one piece: 1 MiB. */
  private static final int PART_FEATURES = 1 << 18;

  /** An outline counts as this many of them. */
  private static final int OUTLINE_FEATURES = 8;

  private final transient TrainingSettings settings;

  private transient Sample sample;
  private transient Tally tally;
  private transient Deque<TrainingOrder> waiting;
  private transient long newestOrder;
  private transient long watermark;

  private transient ListState<SampleRow> rows;
  private transient ListState<byte[]> tallies;
  private transient ListState<byte[]> cuts;
  private transient Optional<TrainingOrder> last;
  private transient ListState<TrainingOrder> orders;
  private transient ListState<Long> watermarks;
  private transient Counter refusedClasses;

  SampleShard(StreamOperatorParameters<ShardPart> parameters, TrainingSettings settings) {
    super(parameters);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    OperatorStateStore store = context.getOperatorStateStore();
    rows = store.getListState(new ListStateDescriptor<>("rows", SampleRowSerializer.INSTANCE));
    tallies = store.getListState(bytes("tallies"));
    cuts = store.getUnionListState(bytes("cuts"));
    orders =
        store.getUnionListState(
            new ListStateDescriptor<>("orders", TypeInformation.of(TrainingOrder.class)));
    watermarks = store.getUnionListState(new ListStateDescriptor<>("watermarks", Types.LONG));
    restoreSample();
    restoreOrders();
  }

  private static ListStateDescriptor<byte[]> bytes(String name) {
    return new ListStateDescriptor<>(name, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  private void restoreSample() throws Exception {
    sample = new Sample(settings.limits());
    tally = new Tally();
    for (byte[] ends : cuts.get()) {
      sample.cut(Cuts.read(new DataInputDeserializer(ends)));
    }
    for (SampleRow row : rows.get()) {
      sample.add(row);
    }
    for (byte[] counted : tallies.get()) {
      tally.merge(Tally.read(new DataInputDeserializer(counted)));
    }
  }

  /** Every subtask takes over what any of them knew, the last answered order among it. */
  private void restoreOrders() throws Exception {
    watermark = Long.MAX_VALUE;
    boolean restored = false;
    for (long reached : watermarks.get()) {
      watermark = Math.min(watermark, reached);
      restored = true;
    }
    watermark = restored ? watermark : Long.MIN_VALUE;
    Map<Long, TrainingOrder> known = new TreeMap<>();
    for (TrainingOrder order : orders.get()) {
      known.put(order.number(), order);
    }
    waiting = new ArrayDeque<>(known.values());
    last = Optional.empty();
    newestOrder = known.isEmpty() ? 0 : waiting.getLast().number();
  }

  @Override
  public void open() throws Exception {
    super.open();
    var metrics = getMetricGroup().addGroup("logitflow");
    metrics.gauge("sampledRecords", () -> tally.labelledCount());
    refusedClasses = metrics.counter("recordsOfTooManyClasses");
    if (!waiting.isEmpty()) {
      // Not before the task runs.
      var unused =
          getProcessingTimeService()
              .registerTimer(getProcessingTimeService().getCurrentProcessingTime(), t -> answer());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    rows.update(sample.rows());
    DataOutputSerializer out = new DataOutputSerializer(256);
    tally.write(out);
    tallies.update(List.of(out.getCopyOfBuffer()));
    out.clear();
    sample.cuts().write(out);
    cuts.update(List.of(out.getCopyOfBuffer()));
    List<TrainingOrder> known = new ArrayList<>(waiting);
    last.ifPresent(known::add);
    orders.update(known);
    watermarks.update(List.of(watermark));
  }

  @Override
  public void processElement1(StreamRecord<MaturedRecord> element) {
    MaturedRecord record = element.getValue();
    if (!record.isLabelled()) {
      tally.unlabelled();
      return;
    }
    SampleRow row = record.row();
    if (!sample.add(row)) {
      refusedClasses.inc();
      return;
    }
    tally.labelled(row);
    for (int i = 0; i < record.partitions().length; i++) {
      String topic = i == 0 ? settings.featuresTopic() : settings.labelsTopic();
      tally.at(topic + "-" + record.partitions()[i], record.offsets()[i]);
    }
  }

  @Override
  public void processElement2(StreamRecord<TrainingOrder> element) throws IOException {
    // After a restore an order may come again.
    if (element.getValue().number() > newestOrder) {
      newestOrder = element.getValue().number();
      waiting.add(element.getValue());
      answer();
    }
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    watermark = Math.max(watermark, mark.getTimestamp());
    answer();
    super.processWatermark1(mark);
  }

  private void answer() throws IOException {
    while (!waiting.isEmpty() && waiting.peek().time() <= watermark) {
      TrainingOrder order = waiting.remove();
      handOver(order);
      last = Optional.of(order);
    }
  }

  private void handOver(TrainingOrder order) throws IOException {
    ShardDivision division = settings.division();
    byte[] summary = new SampleFormat.Summary(sample.cuts(), tally).write();
    List<SampleRow> sampled = sample.rows();
    for (int target = 0; target < division.shards(); target++) {
      handOver(order, division, target, sampled, summary);
    }
  }

  /** Hands over the rows of one subtask of the training, and the outlines of all others. */
  private void handOver(
      TrainingOrder order,
      ShardDivision division,
      int target,
      List<SampleRow> sampled,
      byte[] summary)
      throws IOException {
    List<SampleRow> part = new ArrayList<>();
    List<SampleRow> outlines = new ArrayList<>();
    int features = 0;
    for (SampleRow row : sampled) {
      if (division.owner(row) == target) {
        part.add(row);
        features += row.features().length;
      } else {
        outlines.add(row);
        features += OUTLINE_FEATURES;
      }
      if (features >= PART_FEATURES) {
        send(order, target, part, outlines, null);
        part = new ArrayList<>();
        outlines = new ArrayList<>();
        features = 0;
      }
    }
    send(order, target, part, outlines, summary);
  }

  private void send(
      TrainingOrder order,
      int target,
      List<SampleRow> part,
      List<SampleRow> outlines,
      byte[] summary)
      throws IOException {
    var task = getRuntimeContext().getTaskInfo();
    output.collect(
        new StreamRecord<>(
            new ShardPart(
                order,
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks(),
                target,
                SampleFormat.rows(part),
                RowOutlines.write(outlines),
                summary)));
  }
}
