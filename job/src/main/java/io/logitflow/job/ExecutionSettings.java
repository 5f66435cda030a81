package io.logitflow.job;

import io.logitflow.config.Guarantee;
import io.logitflow.config.JobConfig;
import io.logitflow.config.StateBackendChoice;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What configurations say about the execution of a job: parallelism, checkpoints, state. */
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

  /** For a job that keeps keyed state, where it says. */
  static void apply(StreamExecutionEnvironment env, JobConfig config, StateBackendChoice choice) {
    apply(env, config);
    apply(env, choice);
  }

  private static void apply(StreamExecutionEnvironment env, StateBackendChoice choice) {
    switch (choice) {
      case CLUSTER -> {
        // Said by the cluster's configuration, which the environment has already.
      }
      case HEAP -> set(env, "hashmap");
      case ROCKSDB -> set(env, "rocksdb");
    }
  }

  private static void set(StreamExecutionEnvironment env, String stateBackend) {
    env.configure(new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend));
  }

  private static CheckpointingMode mode(Guarantee guarantee) {
    return guarantee == Guarantee.EXACTLY_ONCE
        ? CheckpointingMode.EXACTLY_ONCE
        : CheckpointingMode.AT_LEAST_ONCE;
  }
}
