package io.logitflow.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.config.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobStatus;

/** Submits the job jar to a Flink session cluster, and looks after the jobs there. */
public final class JobSubmission {

  /** Entry class of the scoring job. */
  public static final String SCORING_JOB = "io.logitflow.job.ScoringJob";

  /** Entry class of the feedback job. */
  public static final String FEEDBACK_JOB = "io.logitflow.job.FeedbackJob";

  /** Entry class of the training job. */
  public static final String TRAINING_JOB = "io.logitflow.job.TrainingJob";

  /** Entry class of the replay. */
  public static final String REPLAY_JOB = "io.logitflow.job.ReplayJob";

  private static final Duration GLANCE = Duration.ofMillis(100);

  private final FlinkRest rest;

  /** Works on the cluster behind a REST API. */
  public JobSubmission(FlinkRest rest) {
    this.rest = rest;
  }

  /** The class of the job jar whose main method runs a job. */
  public static String entryClass(JobOptions job) {
    return switch (job) {
      case SCORING -> SCORING_JOB;
      case FEEDBACK -> FEEDBACK_JOB;
      case TRAINING -> TRAINING_JOB;
      case REPLAY -> REPLAY_JOB;
    };
  }

  /**
   * Uploads a jar.
   *
   * @return its id on the cluster
   * @throws IOException if there is no such file, or as {@link FlinkRest#get}
   */
  public String upload(Path jar) throws IOException, InterruptedException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("there is no job jar %s: build it, or name another".formatted(jar));
    }
    String file = rest.upload("/jars/upload", jar).path("filename").asText();
    return Path.of(file).getFileName().toString();
  }

  /**
   * Runs an uploaded jar.
   *
   * @param jarId what {@link #upload} returned
   * @param entryClass class with the main method
   * @param arguments arguments of the main method
   * @param savepoint path of the savepoint or checkpoint to begin from
   * @return the id of the job
   * @throws FlinkRestException if the job's main method fails, with its message
   */
  public String run(
      String jarId, String entryClass, List<String> arguments, Optional<String> savepoint)
      throws IOException, InterruptedException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("entryClass", entryClass);
    arguments.forEach(request.putArray("programArgsList")::add);
    savepoint.ifPresent(path -> request.put("savepointPath", path));
    return rest.post("/jars/" + jarId + "/run", request).path("jobid").asText();
  }

  /** The jobs that the cluster knows, ended ones included. */
  public List<Job> jobs() throws IOException, InterruptedException {
    JsonNode jobs = rest.get("/jobs/overview").path("jobs");
    return StreamSupport.stream(jobs.spliterator(), false)
        .map(
            job ->
                new Job(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    JobStatus.valueOf(job.path("state").asText())))
        .toList();
  }

  /**
   * A job of the cluster.
   *
   * @param id Flink's id, 32 hexadecimal digits
   * @param name name of the job
   * @param status where it is in its life
   */
  public record Job(String id, String name, JobStatus status) {}

  /** Where a job is in its life. {@code RUNNING} does not say that its tasks run already. */
  public JobStatus status(String jobId) throws IOException, InterruptedException {
    return JobStatus.valueOf(rest.get("/jobs/" + jobId + "/status").path("status").asText());
  }

  /** Whether every task of a job runs; of a bounded one some may have ended already. */
  public boolean isRunning(String jobId) throws IOException, InterruptedException {
    JsonNode job = rest.get("/jobs/" + jobId);
    int tasks = 0;
    int running = 0;
    for (JsonNode vertex : job.path("vertices")) {
      tasks += vertex.path("parallelism").asInt();
      JsonNode states = vertex.path("tasks");
      running += states.path("RUNNING").asInt() + states.path("FINISHED").asInt();
    }
    return job.path("state").asText().equals(JobStatus.RUNNING.name()) && running == tasks;
  }

  /**
   * Waits until every task of a job runs, or the job has done its work.
   *
   * @throws IOException if the job fails or is cancelled instead, or it takes longer than the limit
   */
  public void awaitRunning(String jobId, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isRunning(jobId)) {
      JobStatus status = status(jobId);
      if (status == JobStatus.FINISHED) {
        return;
      }
      if (status.isGloballyTerminalState()) {
        throw new IOException(
            "job %s is %s: %s".formatted(jobId, status, failure(jobId).orElse("no reason given")));
      }
      glance(deadline, "job %s does not run after %d s".formatted(jobId, limit.toSeconds()));
    }
  }

  /** Why the job last failed; empty if it did not. */
  public Optional<String> failure(String jobId) throws IOException, InterruptedException {
    JsonNode entries =
        rest.get("/jobs/" + jobId + "/exceptions?maxExceptions=1")
            .path("exceptionHistory")
            .path("entries");
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(
            FlinkRestException.cause(
                JsonNodeFactory.instance.arrayNode().add(entries.get(0).path("stacktrace"))));
  }

  /**
   * Cancels a job and waits until it has ended.
   *
   * @throws IOException if that takes longer than the limit
   */
  public void cancel(String jobId, Duration limit) throws IOException, InterruptedException {
    JsonNode unused = rest.patch("/jobs/" + jobId + "?mode=cancel");
    awaitEnd(jobId, limit);
  }

  /**
   * Waits until a job has ended.
   *
   * @return how
   * @throws IOException if it takes longer than the limit
   */
  public JobStatus awaitEnd(String jobId, Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    JobStatus status = status(jobId);
    while (!status.isGloballyTerminalState()) {
      glance(deadline, "job %s is still %s after %d s".formatted(jobId, status, limit.toSeconds()));
      status = status(jobId);
    }
    return status;
  }

  /**
   * Stops a job with a savepoint: its sources end, everything read is processed and committed.
   *
   * @param directory directory for the savepoint; empty for the cluster's own
   * @return path of the savepoint
   * @throws IOException if the savepoint fails or takes longer than the limit
   */
  public String stop(String jobId, Optional<String> directory, Duration limit)
      throws IOException, InterruptedException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("drain", false);
    directory.ifPresent(path -> request.put("targetDirectory", path));
    String trigger = rest.post("/jobs/" + jobId + "/stop", request).path("request-id").asText();
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      JsonNode savepoint = rest.get("/jobs/" + jobId + "/savepoints/" + trigger);
      if (savepoint.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = savepoint.path("operation");
        if (operation.hasNonNull("location")) {
          awaitEnd(jobId, limit);
          return operation.path("location").asText();
        }
        JsonNode trace = operation.path("failure-cause").path("stack-trace");
        throw new IOException(
            "job %s was not stopped: %s"
                .formatted(
                    jobId,
                    FlinkRestException.cause(JsonNodeFactory.instance.arrayNode().add(trace))));
      }
      glance(
          deadline, "the savepoint of job %s takes over %d s".formatted(jobId, limit.toSeconds()));
    }
  }

  private static void glance(long deadline, String complaint)
      throws IOException, InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new IOException(complaint);
    }
    Thread.sleep(GLANCE.toMillis());
  }
}
