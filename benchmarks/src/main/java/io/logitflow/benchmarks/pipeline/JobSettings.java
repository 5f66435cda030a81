package io.logitflow.benchmarks.pipeline;

import io.logitflow.config.Guarantee;
import io.logitflow.config.ScoringConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Settings of the scoring job that the jobs it is compared with get as well. */
final class JobSettings {

  private JobSettings() {}

  static void apply(StreamExecutionEnvironment env, ScoringConfig config) {
    config.reading().parallelism().ifPresent(env::setParallelism);
    config
        .delivery()
        .checkpointInterval()
        .ifPresent(
            interval ->
                env.enableCheckpointing(
                    interval.toMillis(),
                    config.delivery().guarantee() == Guarantee.EXACTLY_ONCE
                        ? CheckpointingMode.EXACTLY_ONCE
                        : CheckpointingMode.AT_LEAST_ONCE));
  }
}
