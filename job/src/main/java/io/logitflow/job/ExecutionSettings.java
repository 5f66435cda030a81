package io.logitflow.job;

import io.logitflow.config.Guarantee;
import io.logitflow.config.JobConfig;
import io.logitflow.config.StateBackendChoice;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What configurations say about the execution of a job: parallelism, checkpoints, state. */
final class ExecutionSettings {

  private static final int ATTEMPTS = 3;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private ExecutionSettings() {}

  static void apply(StreamExecutionEnvironment env, JobConfig config) {
    applyParallelism(env, config);
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

  /**
   * Settings of a job that reads to an end and then works for long. No checkpoint can be completed
   * meanwhile, because barriers do not pass operators that are at the end of their input: after ten
   * minutes Flink would restart the job for it, again and again. So none is taken, and after a
   * failure the job begins anew, a few times, unless the cluster says otherwise.
   */
  static void applyWithoutCheckpoints(
      StreamExecutionEnvironment env, JobConfig config, StateBackendChoice choice) {
    applyParallelism(env, config);
    apply(env, choice);
    env.getCheckpointConfig().disableCheckpointing();
    if (env.getConfiguration().getOptional(RestartStrategyOptions.RESTART_STRATEGY).isEmpty()) {
      env.configure(
          new Configuration()
              .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
              .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, ATTEMPTS)
              .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, BETWEEN_ATTEMPTS));
    }
  }

  private static void applyParallelism(StreamExecutionEnvironment env, JobConfig config) {
    config.reading().parallelism().ifPresent(env::setParallelism);
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
