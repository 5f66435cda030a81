package io.logitflow.job;

import io.logitflow.config.Guarantee;
import io.logitflow.config.JobConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the configuration of any job says about its execution: parallelism and checkpoints. */
final class ExecutionSettings {

  private ExecutionSettings() {}

  static void apply(StreamExecutionEnvironment env, JobConfig config) {
    config.reading().parallelism().ifPresent(env::setParallelism);
    config
        .delivery()
        .checkpointInterval()
        .ifPresent(
            interval -> {
              env.enableCheckpointing(interval.toMillis(), mode(config.delivery().guarantee()));
              env.getCheckpointConfig().setMinPauseBetweenCheckpoints(interval.toMillis() / 2);
            });
  }

  private static CheckpointingMode mode(Guarantee guarantee) {
    return guarantee == Guarantee.EXACTLY_ONCE
        ? CheckpointingMode.EXACTLY_ONCE
        : CheckpointingMode.AT_LEAST_ONCE;
  }
}
