package io.logitflow.launcher;

import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job on a cluster in this JVM, until it ends or a signal comes.
 *
 * <p>Its state lasts as long as the process: the next run begins where the consumer group left off.
 */
final class LocalJob {
  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** What {@link #run} returns after a signal: a job without end is ended like that. */
  private static final int STOPPED = 0;

  private final String name;
  private final String activity;
  private final PrintWriter out;
  private final Progress progress;

  /** Looks at a job while it runs. */
  @FunctionalInterface
  interface Progress {

    /** Does not look. */
    Progress NONE = (webUi, job) -> {};

    /** Called several times a second. */
    void look(URI webUi, JobID job) throws InterruptedException;
  }

  /**
   * A job to run.
   *
   * @param name name of the job on the cluster
   * @param activity what it does, for people: the beginning of a sentence
   * @param out gets the address of the web UI, and how the job ended
   * @param progress looks at the job while it runs
   */
  LocalJob(String name, String activity, PrintWriter out, Progress progress) {
    this.name = name;
    this.activity = activity;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Runs the job; returns the exit code.
   *
   * @param slots subtasks that can run side by side, and the parallelism
   * @param dataflow defines the job
   */
  int run(int slots, Consumer<StreamExecutionEnvironment> dataflow)
      throws IOException, InterruptedException {
    Configuration configuration =
        // For who looks at the progress.
        new Configuration()
            .set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
    try (StopSignal signal = StopSignal.open();
        EmbeddedCluster cluster = EmbeddedCluster.start(1, slots, configuration)) {
      StreamExecutionEnvironment env = cluster.environment();
      env.setParallelism(slots);
      dataflow.accept(env);
      JobClient job = submit(env);
      CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
      say("%s; web UI %s; Ctrl-C stops.".formatted(activity, cluster.webUi()));
      while (!result.isDone()) {
        if (signal.await(GLANCE)) {
          cancel(job, result);
          say("Stopped.");
          return STOPPED;
        }
        progress.look(cluster.webUi(), job.getJobID());
      }
      return end(result);
    }
  }

  private JobClient submit(StreamExecutionEnvironment env) throws IOException {
    try {
      return env.executeAsync(name);
    } catch (Exception e) {
      throw new IOException("the job was not accepted: " + e.getMessage(), e);
    }
  }

  /** Cancels the job and waits for its end: a cluster that stops before it complains of it. */
  private static void cancel(JobClient job, CompletableFuture<JobExecutionResult> result)
      throws IOException, InterruptedException {
    try {
      job.cancel().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      var unused =
          result.handle((done, cancelled) -> done).get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
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
