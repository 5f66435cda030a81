package io.logitflow.demo;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scoring job of the demo: the product's own, with the options that a user would give it. */
final class DemoJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoJob.class);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final EmbeddedCluster cluster;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private DemoJob(EmbeddedCluster cluster, JobClient client) {
    this.cluster = cluster;
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  /**
   * Submits the job.
   *
   * @throws ConfigurationException if the options of the demo are not those of the job
   * @throws IOException if the cluster does not take it
   */
  static DemoJob submit(DemoConfig config, EmbeddedBroker broker, EmbeddedCluster cluster)
      throws ConfigurationException, IOException {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", broker.bootstrapServers());
    options.put("model", config.dataset().model());
    options.put("parallelism", String.valueOf(config.parallelism()));
    options.put("delivery-guarantee", config.delivery().toString());
    // What was read is deleted up to the last checkpoint, and exactly-once is seen at checkpoints.
    options.put("checkpoint-interval", "1 s");
    ScoringConfig scoring = ScoringJob.configure(Configuration.fromMap(options));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, scoring);
    try {
      return new DemoJob(cluster, env.executeAsync(ScoringJob.name(scoring)));
    } catch (Exception e) {
      throw new IOException("the job was not accepted: " + e.getMessage(), e);
    }
  }

  /** The id of the job on the cluster. */
  JobID id() {
    return client.getJobID();
  }

  /** Waits until every task runs, the job has failed, or a signal comes. */
  void awaitRunning(StopSignal signal) throws InterruptedException {
    while (!isRunning() && failure().isEmpty()) {
      if (signal.await(GLANCE)) {
        return;
      }
    }
  }

  /** Why the job has ended by itself. */
  Optional<Throwable> failure() throws InterruptedException {
    if (!result.isDone()) {
      return Optional.empty();
    }
    try {
      result.get();
      return Optional.of(new IllegalStateException("the job ended, though its input has no end"));
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    }
  }

  /** Cancels the job and waits until it has ended. */
  @Override
  public void close() {
    if (result.isDone()) {
      return;
    }
    try {
      client.cancel().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
      while (!status().isGloballyTerminalState() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(GLANCE.toMillis());
      }
    } catch (ExecutionException | TimeoutException e) {
      // Closing the cluster ends it.
      LOG.warn("The job cannot be cancelled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JobStatus status() throws ExecutionException, TimeoutException, InterruptedException {
    return client.getJobStatus().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private boolean isRunning() throws InterruptedException {
    try {
      for (AccessExecutionVertex vertex :
          cluster.miniCluster().getExecutionGraph(id()).get().getAllExecutionVertices()) {
        if (vertex.getExecutionState() != ExecutionState.RUNNING) {
          return false;
        }
      }
      return true;
    } catch (ExecutionException e) {
      // Not there yet.
      return false;
    }
  }
}
