package io.logitflow.workflow;

import io.logitflow.connector.ProducedRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a replay writes.
 *
 * @param evaluations the report
 * @param deadLetters records that could not be used, and predictions that are not reproduced
 */
public record ReplaySinks(Sink<ProducedRecord> evaluations, Sink<ProducedRecord> deadLetters) {

  static void configure(StreamExecutionEnvironment env) {
    // Nothing on the way writes into a record, so none is copied from operator to operator.
    env.getConfig().enableObjectReuse();
    env.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.AUTO_GENERATE_UIDS, false));
  }
}
