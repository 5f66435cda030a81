package io.logitflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class EmbeddedClusterITCase {

  @Test
  void runsJobsOneAfterTheOtherOnAllItsTaskManagers() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 1, new Configuration())) {
      assertThat(sumTo(cluster, 10)).isEqualTo(55);
      assertThat(sumTo(cluster, 100)).isEqualTo(5050);
    }
  }

  @Test
  void servesTheWebUi() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 1, new Configuration())) {
      URI page = cluster.webUi().resolve("/index.html");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(page.getHost()).isEqualTo("127.0.0.1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Apache Flink Web Dashboard");
    }
  }

  @Test
  void takesCheckpointsOfMoreThanFlinkTakesIntoItsMemory() throws Exception {
    Configuration configuration =
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 1, configuration)) {
      StreamExecutionEnvironment environment = cluster.environment();
      environment.setParallelism(1);
      environment.enableCheckpointing(50);
      assertThat(environment.fromSequence(1, 3).map(new Hoarder()).executeAndCollect(3))
          .containsExactly(1L, 2L, 3L);
    }
  }

  private static long sumTo(EmbeddedCluster cluster, long last) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment();
    environment.setParallelism(2);
    return environment.fromSequence(1, last).rebalance().executeAndCollect((int) last + 1).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Keeps more in its state than the memory of a JobManager takes. */
  private static final class Hoarder implements MapFunction<Long, Long>, CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private transient ListState<byte[]> hoard;

    @Override
    public Long map(Long value) {
      return value;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      hoard =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("hoard", byte[].class));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      hoard.update(List.of(new byte[6 << 20]));
    }
  }
}
