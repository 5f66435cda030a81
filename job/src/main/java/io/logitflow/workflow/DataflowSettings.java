package io.logitflow.workflow;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What all dataflows ask of Flink, wherever they run. */
final class DataflowSettings {

  private DataflowSettings() {}

  static void apply(StreamExecutionEnvironment env) {
    // Nothing on the way writes into a record, so none is copied from operator to operator.
    env.getConfig().enableObjectReuse();
    env.configure(
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.AUTO_GENERATE_UIDS, false));
  }
}
