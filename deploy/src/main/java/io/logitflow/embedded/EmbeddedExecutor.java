package io.logitflow.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Submits jobs to a cluster in this JVM by method calls. Flink's own local executor starts a
 * cluster for each job, and its remote one polls over HTTP.
 */
final class EmbeddedExecutor
    implements PipelineExecutor, PipelineExecutorFactory, PipelineExecutorServiceLoader {
  private static final String NAME = "embedded";

  private final MiniCluster cluster;

  private EmbeddedExecutor(MiniCluster cluster) {
    this.cluster = cluster;
  }

  static StreamExecutionEnvironment environment(MiniCluster cluster, Configuration configuration) {
    Configuration effective = new Configuration(configuration);
    effective.set(DeploymentOptions.TARGET, NAME);
    effective.set(DeploymentOptions.ATTACHED, true);
    return new StreamExecutionEnvironment(
        new EmbeddedExecutor(cluster), effective, EmbeddedExecutor.class.getClassLoader());
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader userClassLoader)
      throws Exception {
    StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
    return cluster
        .submitJob(graph)
        .thenApply(
            submitted ->
                new MiniClusterJobClient(
                    submitted.getJobID(),
                    cluster,
                    userClassLoader,
                    JobFinalizationBehavior.NOTHING));
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(NAME);
  }
}
