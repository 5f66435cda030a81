package io.logitflow.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code logitflow cluster stop-job}. */
@Command(
    name = "stop-job",
    description = "Stops a job with a savepoint to go on from, or cancels it.",
    mixinStandardHelpOptions = true)
final class StopJobCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Mixin private RestOption cluster;

  @Parameters(
      paramLabel = "JOB",
      description = "Id of the job, as `logitflow cluster status` shows it.")
  private String job;

  @Option(
      names = "--savepoint-dir",
      paramLabel = "DIR",
      description = "Directory for the savepoint; by default the cluster's own.")
  private String savepointDirectory;

  @Option(names = "--cancel", description = "Cancel it at once, without a savepoint.")
  private boolean cancel;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    JobSubmission jobs = cluster.jobs();
    if (cancel) {
      jobs.cancel(job, LIMIT);
      out.println("Cancelled.");
    } else {
      out.printf(
          "Stopped; savepoint %s%n",
          jobs.stop(job, Optional.ofNullable(savepointDirectory), LIMIT));
    }
    return 0;
  }
}
