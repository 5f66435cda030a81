package io.logitflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackJobTest {

  /** Texts of Flink's own option {@code state.backend.type}. */
  @ParameterizedTest
  @CsvSource({"heap, hashmap", "rocksdb, rocksdb", "cluster, of-the-cluster"})
  void stateIsKeptWhereTheOptionOrElseTheClusterSays(String choice, String type) throws Exception {
    StreamExecutionEnvironment env = wired("--state-backend", choice);

    assertThat(env.getConfiguration().get(StateBackendOptions.STATE_BACKEND)).isEqualTo(type);
  }

  @Test
  void parallelismAndCheckpointsAreThoseOfTheOptions() throws Exception {
    StreamExecutionEnvironment env =
        wired(
            "--parallelism", "3",
            "--checkpoint-interval", "4 s",
            "--delivery-guarantee", "exactly-once");

    assertThat(env.getParallelism()).isEqualTo(3);
    assertThat(env.getCheckpointConfig().getCheckpointInterval())
        .isEqualTo(Duration.ofSeconds(4).toMillis());
    assertThat(env.getCheckpointConfig().getCheckpointingConsistencyMode())
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
  }

  private static StreamExecutionEnvironment wired(String... options) throws ConfigurationException {
    List<String> all = new ArrayList<>(List.of("--bootstrap-servers", "localhost:1", "--model=m"));
    all.addAll(List.of(options));
    FeedbackConfig config =
        FeedbackConfig.from(Arguments.parse(JobOptions.FEEDBACK, all.toArray(String[]::new)));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration().set(StateBackendOptions.STATE_BACKEND, "of-the-cluster"));
    FeedbackJob.wire(env, config);
    return env;
  }
}
