package io.logitflow.demo;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.Guarantee;
import io.logitflow.config.JobConfig;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.TrainingConfig;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.FeedbackJob;
import io.logitflow.job.ScoringJob;
import io.logitflow.job.TrainingJob;
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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job of the demo: the product's own, with the options that a user would give it. */
final class DemoJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoJob.class);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final JobConfig config;
  private final EmbeddedCluster cluster;
  private final JobClient client;
  private final CompletableFuture<JobExecutionResult> result;

  private DemoJob(String name, JobConfig config, EmbeddedCluster cluster, JobClient client) {
    this.name = name;
    this.config = config;
    this.cluster = cluster;
    this.client = client;
    this.result = client.getJobExecutionResult();
  }

  /**
   * Submits the scoring job.
   *
   * @throws ConfigurationException if the options of the demo are not those of the job
   * @throws IOException if the cluster does not take it
   */
  static DemoJob scoring(DemoConfig config, EmbeddedBroker broker, EmbeddedCluster cluster)
      throws ConfigurationException, IOException {
    Map<String, String> options = options(config, broker);
    // What was read is deleted up to the last checkpoint, and exactly-once is seen at checkpoints.
    options.put("checkpoint-interval", "1 s");
    ScoringConfig scoring = ScoringJob.configure(Configuration.fromMap(options));
    StreamExecutionEnvironment env = cluster.environment();
    ScoringJob.wire(env, scoring);
    return submit("scoring", ScoringJob.name(scoring), scoring, cluster, env);
  }

  /**
   * Submits the feedback job. Labels come within 2 seconds, so windows are short and soon complete,
   * and a recalibration can be seen within a short run.
   *
   * @throws ConfigurationException if the options of the demo are not those of the job
   * @throws IOException if the cluster does not take it
   */
  static DemoJob feedback(DemoConfig config, EmbeddedBroker broker, EmbeddedCluster cluster)
      throws ConfigurationException, IOException {
    Map<String, String> options = options(config, broker);
    // Each checkpoint holds whatever waits for its label or may get another one.
    options.put("checkpoint-interval", "2 s");
    options.put("window", "2 s");
    options.put("maturity", "2 s");
    options.put("retention", "10 s");
    options.put("report-interval", "500 ms");
    options.put("max-out-of-orderness", "500 ms");
    // The topic of challengers' predictions is empty.
    options.put("idle-timeout", "2 s");
    options.put("recalibration", "apply");
    // The first decision is made on the first two windows, at any rate of records.
    options.put("recalibration-interval", config.drift() ? "15 s" : "5 s");
    options.put("recalibration-labels", "1000000000");
    // Too few to fit a bias to each class: rows repeat, which would hide that it fits noise.
    options.put("recalibration-sample", "30000");
    options.put("promotion-interval", "10 s");
    // Ten seconds: so long it takes to learn what is usual, and until an alarm sounds again.
    options.put("drift-reference-labels", "20000");
    FeedbackConfig feedback = FeedbackJob.configure(Configuration.fromMap(options));
    StreamExecutionEnvironment env = cluster.environment();
    FeedbackJob.wire(env, feedback);
    return submit("feedback", FeedbackJob.name(feedback), feedback, cluster, env);
  }

  /**
   * Submits the training job. It waits for the alarm: then it trains with what came last, most of
   * which came after the drift.
   *
   * @throws ConfigurationException if the options of the demo are not those of the job
   * @throws IOException if the cluster does not take it
   */
  static DemoJob training(DemoConfig config, EmbeddedBroker broker, EmbeddedCluster cluster)
      throws ConfigurationException, IOException {
    Map<String, String> options = options(config, broker);
    // The whole sample is in each checkpoint, and two cores have the other jobs to run as well; but
    // with exactly-once a decision is to be seen only after one.
    options.put(
        "checkpoint-interval", config.delivery() == Guarantee.EXACTLY_ONCE ? "5 s" : "30 s");
    options.put("maturity", "2 s");
    options.put("max-out-of-orderness", "500 ms");
    options.put("idle-timeout", "2 s");
    options.put("train-interval", "0 s");
    options.put("train-cool-down", "30 s");
    options.put("train-min-rows", "2000");
    options.put("sample-size", "1000");
    options.put("class-floor", "100");
    options.put("recent-size", "12000");
    // Rows come again and again: without a strong penalty they would be learned by heart.
    options.put("l2", "300");
    options.put("max-iterations", "50");
    TrainingConfig training = TrainingJob.configure(Configuration.fromMap(options));
    StreamExecutionEnvironment env = cluster.environment();
    TrainingJob.wire(env, training);
    return submit("training", TrainingJob.name(training), training, cluster, env);
  }

  private static Map<String, String> options(DemoConfig config, EmbeddedBroker broker) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", broker.bootstrapServers());
    options.put("model", config.dataset().model());
    options.put("parallelism", String.valueOf(config.parallelism()));
    options.put("delivery-guarantee", config.delivery().toString());
    return options;
  }

  private static DemoJob submit(
      String name,
      String jobName,
      JobConfig config,
      EmbeddedCluster cluster,
      StreamExecutionEnvironment env)
      throws IOException {
    try {
      return new DemoJob(name, config, cluster, env.executeAsync(jobName));
    } catch (Exception e) {
      throw new IOException("the %s job was not accepted: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What the job does, in a word. */
  String name() {
    return name;
  }

  /** The consumer group that the job commits its offsets in. */
  String consumerGroup() {
    return config.kafka().consumer().get(ConsumerConfig.GROUP_ID_CONFIG);
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
      LOG.warn("The {} job cannot be cancelled", name, e);
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
