package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.PassthroughJob;
import io.logitflow.config.ScoringConfig;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** A Flink job on a cluster in this JVM that runs until it is cancelled. */
final class ContinuousJob implements ContinuousPipeline {

  private final BiConsumer<StreamExecutionEnvironment, ScoringConfig> definition;
  private final EmbeddedCluster cluster;
  private JobClient job;

  /** The scoring job. */
  static ContinuousJob scoring(LatencyWorkload workload) {
    return new ContinuousJob(workload, ScoringJob::wire);
  }

  /** Its source and sink with nothing between them. */
  static ContinuousJob passthrough(LatencyWorkload workload) {
    return new ContinuousJob(workload, PassthroughJob.chained(workload.shape())::define);
  }

  private ContinuousJob(
      LatencyWorkload workload, BiConsumer<StreamExecutionEnvironment, ScoringConfig> definition) {
    this.definition = definition;
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
  public void start(ScoringConfig config) throws Exception {
    StreamExecutionEnvironment env = cluster.environment();
    definition.accept(env, config);
    job = env.executeAsync(config.topics().predictions());
  }

  @Override
  public void stop() throws Exception {
    job.cancel().get();
    try {
      job.getJobExecutionResult().get();
    } catch (CancellationException e) {
      // As asked.
    } catch (ExecutionException e) {
      if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isEmpty()) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
