package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Separates what is looked at from what is only counted. */
public final class AuditSplit extends ProcessFunction<AuditInput, AuditEvent> {

  /** Predictions that could not be used, and those that are not reproduced. */
  public static final OutputTag<ProducedRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(ProducedRecord.class));

  /** What is counted. */
  public static final OutputTag<Finding> FINDINGS =
      new OutputTag<>("findings", TypeInformation.of(Finding.class));

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(AuditInput input, Context context, Collector<AuditEvent> out) {
    if (input.event() != null) {
      out.collect(input.event());
      return;
    }
    context.output(FINDINGS, Finding.count(input.count(), input.number()));
    if (input.deadLetter() != null) {
      context.output(DEAD_LETTERS, input.deadLetter());
    }
  }
}
