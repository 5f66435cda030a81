package io.logitflow.standalone;

import io.logitflow.config.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code logitflow cluster submit}. */
@Command(
    name = "submit",
    description = "Uploads the job jar, runs a job and waits until all of it runs.",
    customSynopsis = {
      "logitflow cluster submit [--dir DIR | --rest URL] [--jar FILE] [--savepoint PATH]",
      "                                [--job scoring|feedback|training]",
      "                                --bootstrap-servers HOST:PORT --model NAME [--OPTION"
          + " VALUE]..."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Every option of docs/configuration.md can be given and goes to the job."})
final class SubmitCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Mixin private RestOption cluster;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The job jar; by default the one that the build has made.")
  private Path jar;

  @Option(
      names = "--job",
      paramLabel = "JOB",
      defaultValue = "scoring",
      description = "The job: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
  private JobOptions job;

  @Option(
      names = "--savepoint",
      paramLabel = "PATH",
      description = "Savepoint or checkpoint to begin from.")
  private String savepoint;

  @Unmatched private List<String> jobArguments = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JobSubmission jobs = cluster.jobs();
    String jarId = jobs.upload(jar == null ? BuildOutput.ofThisClass().jobJar() : jar);
    String id =
        jobs.run(
            jarId, JobSubmission.entryClass(job), jobArguments, Optional.ofNullable(savepoint));
    jobs.awaitRunning(id, LIMIT);
    spec.commandLine().getOut().printf("Job %s runs; %s%n", id, cluster.rest().root());
    return 0;
  }
}
