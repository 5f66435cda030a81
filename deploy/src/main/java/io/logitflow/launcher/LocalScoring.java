package io.logitflow.launcher;

import io.logitflow.config.ScoringConfig;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * The scoring job on a cluster in this JVM, until it ends or a signal comes.
 *
 * <p>Its state lasts as long as the process: the next run begins where the consumer group left off.
 */
final class LocalScoring {
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final ScoringConfig config;
  private final PrintWriter out;

  LocalScoring(ScoringConfig config, PrintWriter out) {
    this.config = config;
    this.out = out;
  }

  /** Runs the job; returns the exit code. */
  int run() throws IOException, InterruptedException {
    // The models in force are in every checkpoint: more than Flink takes into its memory.
    Path checkpoints = Files.createTempDirectory("logitflow-checkpoints-");
    try {
      return run(
          new Configuration()
              .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
              .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString()));
    } finally {
      FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
    }
  }

  private int run(Configuration configuration) throws IOException, InterruptedException {
    int slots = config.reading().parallelism().orElse(Runtime.getRuntime().availableProcessors());
    try (StopSignal signal = StopSignal.open();
        EmbeddedCluster cluster = EmbeddedCluster.start(1, slots, configuration)) {
      StreamExecutionEnvironment env = cluster.environment();
      env.setParallelism(slots);
      ScoringJob.wire(env, config);
      JobClient job = submit(env);
      CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
      say(
          "Scoring %s from %s with model %s; web UI %s; Ctrl-C stops."
              .formatted(
                  config.topics().features(),
                  config.kafka().bootstrapServers(),
                  config.model(),
                  cluster.webUi()));
      while (!result.isDone()) {
        if (signal.await(GLANCE)) {
          cancel(job);
          say("Stopped.");
          return 0;
        }
      }
      return end(result);
    }
  }

  private JobClient submit(StreamExecutionEnvironment env) throws IOException {
    try {
      return env.executeAsync(ScoringJob.name(config));
    } catch (Exception e) {
      throw new IOException("the job was not accepted: " + e.getMessage(), e);
    }
  }

  private static void cancel(JobClient job) throws IOException, InterruptedException {
    try {
      job.cancel().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the job did not stop: " + e.getMessage(), e);
    }
  }

  private int end(CompletableFuture<JobExecutionResult> result)
      throws IOException, InterruptedException {
    try {
      JobExecutionResult done = result.get();
      say("Done after %.1f s.".formatted(done.getNetRuntime(TimeUnit.MILLISECONDS) / 1e3));
      return 0;
    } catch (CancellationException e) {
      say("Cancelled.");
      return 1;
    } catch (ExecutionException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new IOException("the job failed: " + root, e);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
