package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.evaluation.EvaluationReports;
import io.logitflow.evaluation.EvaluationSums;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.SingleObjects;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what a run finds, and writes the report when the input has ended, even if there was none.
 * Runs in one subtask.
 */
final class EvaluationOperator extends AbstractStreamOperator<ProducedRecord>
    implements OneInputStreamOperator<Finding, ProducedRecord>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final transient EvaluationSettings settings;
  private transient EvaluationSums sums;
  private transient ListState<byte[]> state;

  EvaluationOperator(
      StreamOperatorParameters<ProducedRecord> parameters, EvaluationSettings settings) {
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
                new ListStateDescriptor<>(
                    "sums", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    sums = new EvaluationSums(settings.maxDifferences(), settings.windowLength().toMillis());
    for (byte[] bytes : state.get()) {
      sums = EvaluationSums.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      sums.write(out);
    }
    state.update(List.of(bytes.toByteArray()));
  }

  @Override
  public void processElement(StreamRecord<Finding> element) throws Exception {
    element.getValue().addTo(sums);
  }

  @Override
  public void endInput() {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    EvaluationReport report = EvaluationReports.of(settings.run(), sums, now);
    output.collect(
        new StreamRecord<>(
            new ProducedRecord(
                report.getRunId().getBytes(StandardCharsets.UTF_8),
                SingleObjects.encode(EvaluationReport.getEncoder(), report),
                now.toEpochMilli())));
  }
}
