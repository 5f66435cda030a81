package io.logitflow.demo;

import io.logitflow.config.ConfigurationException;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The jobs of the demo: scoring, beside it feedback unless that is switched off, and training if a
 * drift sets in.
 */
final class DemoJobs implements AutoCloseable {
  private final DemoJob scoring;
  private final Optional<DemoJob> feedback;
  private final Optional<DemoJob> training;

  private DemoJobs(DemoJob scoring, Optional<DemoJob> feedback, Optional<DemoJob> training) {
    this.scoring = scoring;
    this.feedback = feedback;
    this.training = training;
  }

  /** Slots that the jobs take. */
  static int slots(DemoConfig config) {
    int jobs = 1 + (config.feedback() ? 1 : 0) + (config.drift() ? 1 : 0);
    return jobs * config.parallelism();
  }

  /**
   * Submits the jobs.
   *
   * @throws ConfigurationException if the options of the demo are not those of the jobs
   * @throws IOException if the cluster does not take them
   */
  static DemoJobs submit(DemoConfig config, EmbeddedBroker broker, EmbeddedCluster cluster)
      throws ConfigurationException, IOException {
    return new DemoJobs(
        DemoJob.scoring(config, broker, cluster),
        config.feedback()
            ? Optional.of(DemoJob.feedback(config, broker, cluster))
            : Optional.empty(),
        config.drift() ? Optional.of(DemoJob.training(config, broker, cluster)) : Optional.empty());
  }

  /** The scoring job. */
  DemoJob scoring() {
    return scoring;
  }

  /** The feedback job, if there is one. */
  Optional<DemoJob> feedback() {
    return feedback;
  }

  /** Waits until every task runs, a job has failed, or a signal comes. */
  void awaitRunning(StopSignal signal) throws InterruptedException {
    for (DemoJob job : all()) {
      job.awaitRunning(signal);
    }
  }

  /** A job that has ended by itself. */
  Optional<DemoJob> failed() throws InterruptedException {
    for (DemoJob job : all()) {
      if (job.failure().isPresent()) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  private List<DemoJob> all() {
    List<DemoJob> jobs = new ArrayList<>(List.of(scoring));
    feedback.ifPresent(jobs::add);
    training.ifPresent(jobs::add);
    return jobs;
  }

  /** Cancels the jobs and waits until they have ended. */
  @Override
  public void close() {
    training.ifPresent(DemoJob::close);
    feedback.ifPresent(DemoJob::close);
    scoring.close();
  }
}
