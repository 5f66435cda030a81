package io.logitflow.endtoend;

import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;

/**
 * A broker and a cluster of one TaskManager with four slots, which the tests of a class share. Each
 * test has topics of its own, told apart by their prefix.
 */
final class Platform implements AutoCloseable {

  private final Path dir;
  private final EmbeddedBroker broker;
  private final EmbeddedCluster cluster;
  private int tests;
  private int taskManager;

  private Platform(Path dir, EmbeddedBroker broker, EmbeddedCluster cluster) {
    this.dir = dir;
    this.broker = broker;
    this.cluster = cluster;
  }

  /**
   * Starts broker and cluster.
   *
   * @param dir keeps their data
   */
  static Platform start(Path dir) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
    try {
      return new Platform(dir, broker, EmbeddedCluster.start(1, 4, configuration()));
    } catch (IOException | RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  /** Flink's own restart strategy, but without its patience. */
  private static Configuration configuration() {
    return new Configuration()
        .set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay")
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
            Duration.ofMillis(100))
        .set(
            RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
            Duration.ofSeconds(1))
        .set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(100));
  }

  EmbeddedBroker broker() {
    return broker;
  }

  EmbeddedCluster cluster() {
    return cluster;
  }

  /** Creates topics of a prefix that no other test has. */
  Topics topics(int featurePartitions) throws Exception {
    tests++;
    return Topics.create(broker, "test" + tests + "-", featurePartitions);
  }

  /** Where savepoints go, as a URI. */
  String savepoints() {
    return dir.resolve("savepoints").toUri().toString();
  }

  /** Starts a second TaskManager and ends the first one, with whatever runs there. */
  void replaceTaskManager() throws Exception {
    cluster.miniCluster().startTaskManager();
    cluster.miniCluster().terminateTaskManager(taskManager).get();
    taskManager++;
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    broker.close();
  }
}
