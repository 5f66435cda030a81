package io.logitflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.configuration.Configuration;
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

  private static long sumTo(EmbeddedCluster cluster, long last) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment();
    environment.setParallelism(2);
    return environment.fromSequence(1, last).rebalance().executeAndCollect((int) last + 1).stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
