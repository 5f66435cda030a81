package io.logitflow.benchmarks.pipeline;

import io.logitflow.config.ScoringConfig;
import io.logitflow.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink job on a cluster in this JVM. */
final class FlinkPipeline implements Pipeline {

  /** Defines a job. */
  interface Definition {
    void define(StreamExecutionEnvironment env, ScoringConfig config);
  }

  private final Workload workload;
  private final Definition job;
  private final EmbeddedCluster cluster;

  FlinkPipeline(Workload workload, Definition job) {
    this.workload = workload;
    this.job = job;
    // A run with a restart in it is no measurement.
    Configuration configuration =
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    try {
      this.cluster = EmbeddedCluster.start(1, workload.parallelism(), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void run(RunTopics topics) throws Exception {
    StreamExecutionEnvironment env = cluster.environment();
    job.define(env, workload.config(topics));
    env.execute(topics.predictions());
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
