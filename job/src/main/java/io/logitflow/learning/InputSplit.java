package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Separates what could be decoded from what could not. */
public final class InputSplit extends ProcessFunction<TrainingInput, TrainingEvent> {

  /** Records that could not be used. */
  public static final OutputTag<ProducedRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(ProducedRecord.class));

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(TrainingInput input, Context context, Collector<TrainingEvent> out) {
    if (input.event() != null) {
      out.collect(input.event());
    } else {
      context.output(DEAD_LETTERS, input.deadLetter());
    }
  }
}
