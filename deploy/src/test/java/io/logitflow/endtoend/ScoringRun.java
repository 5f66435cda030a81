package io.logitflow.endtoend;

import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.job.ScoringJob;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A scoring job that was started with options, as a user starts it. */
final class ScoringRun implements AutoCloseable {

  private static final int LIMIT_SECONDS = 180;
  private static final Pattern MAXIMUM = Pattern.compile("\"max\":([-+.0-9E]+)");

  private final Platform platform;
  private final JobClient job;

  private ScoringRun(Platform platform, JobClient job) {
    this.platform = platform;
    this.job = job;
  }

  /**
   * Starts a job on the topics of a test.
   *
   * @param options options beside those of broker, topics and model
   */
  static ScoringRun start(Platform platform, Topics topics, String... options) throws Exception {
    return start(platform, topics, new Configuration(), options);
  }

  /** Starts a job from a savepoint. */
  static ScoringRun restore(Platform platform, Topics topics, String savepoint, String... options)
      throws Exception {
    return start(
        platform,
        topics,
        new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint),
        options);
  }

  private static ScoringRun start(
      Platform platform, Topics topics, Configuration jobConfiguration, String... options)
      throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                platform.broker().bootstrapServers(),
                // Closing waits for the fetch on its way, and at an end the broker keeps it.
                "--consumer.fetch.max.wait.ms",
                "50",
                "--topic-prefix",
                topics.prefix(),
                "--model",
                TestModel.NAME));
    args.addAll(List.of(options));
    ScoringConfig config =
        ScoringJob.configure(Arguments.parse(JobOptions.SCORING, args.toArray(String[]::new)));
    StreamExecutionEnvironment env = platform.cluster().environment(jobConfiguration);
    ScoringJob.wire(env, config);
    return new ScoringRun(platform, env.executeAsync(topics.prefix() + "scoring"));
  }

  /** Waits until every task runs. */
  void awaitRunning() throws Exception {
    Await.until(
        "all tasks run",
        () ->
            tasks().stream().allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING));
  }

  /** Waits until this many further checkpoints have completed. */
  void awaitCheckpoints(int checkpoints) throws Exception {
    long enough = completedCheckpoints() + checkpoints;
    Await.until(enough + " checkpoints", () -> completedCheckpoints() >= enough);
  }

  private long completedCheckpoints() throws Exception {
    var snapshot = graph().getCheckpointStatsSnapshot();
    return snapshot == null ? 0 : snapshot.getCounts().getNumberOfCompletedCheckpoints();
  }

  /** How often tasks were started again after a failure. */
  int restarts() throws Exception {
    return tasks().stream()
        .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
        .sum();
  }

  private List<AccessExecutionVertex> tasks() throws Exception {
    return StreamSupport.stream(graph().getAllExecutionVertices().spliterator(), false)
        .<AccessExecutionVertex>map(task -> task)
        .toList();
  }

  private AccessExecutionGraph graph() throws Exception {
    return platform
        .cluster()
        .miniCluster()
        .getExecutionGraph(job.getJobID())
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The largest value of a metric among the subtasks of the task that scores, from the REST API;
   * empty until there is one.
   */
  OptionalDouble metric(String name) throws Exception {
    Iterator<? extends AccessExecutionJobVertex> vertices =
        graph().getVerticesTopologically().iterator();
    if (!vertices.hasNext()) {
      return OptionalDouble.empty(); // The job is still being prepared.
    }
    JobVertexID vertex = vertices.next().getJobVertexId();
    URI address =
        platform
            .cluster()
            .webUi()
            .resolve(
                "/jobs/%s/vertices/%s/subtasks/metrics?agg=max&get=%s"
                    .formatted(job.getJobID(), vertex, name));
    Matcher answer =
        MAXIMUM.matcher(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    return answer.find()
        ? OptionalDouble.of(Double.parseDouble(answer.group(1)))
        : OptionalDouble.empty();
  }

  /** Stops with a savepoint; returns where it is. */
  String stopWithSavepoint() throws Exception {
    awaitRunning();
    String savepoint =
        job.stopWithSavepoint(false, platform.savepoints(), SavepointFormatType.CANONICAL)
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    awaitEnd();
    return savepoint;
  }

  /** Waits until the job has ended by itself; fails as the job fails. */
  void awaitEnd() throws Exception {
    var unused = job.getJobExecutionResult().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  JobStatus status() throws Exception {
    return job.getJobStatus().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Cancels the job if it runs, and waits until it has ended. */
  @Override
  public void close() throws Exception {
    if (!status().isGloballyTerminalState()) {
      job.cancel().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      Await.until("end of the cancelled job", () -> status().isGloballyTerminalState());
    }
  }
}
