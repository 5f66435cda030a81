package io.logitflow.launcher;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.OptionsPage;
import io.logitflow.config.ScoringConfig;
import io.logitflow.console.LogOutput;
import io.logitflow.job.ScoringJob;
import io.logitflow.standalone.BuildOutput;
import io.logitflow.standalone.FlinkRest;
import io.logitflow.standalone.JobSubmission;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code logitflow score}. */
@Command(
    name = "score",
    description = "Runs the scoring job against your broker: in this process, or on your cluster.",
    customSynopsis = {
      "logitflow score [--jobmanager HOST:PORT]",
      "                       --bootstrap-servers HOST:PORT --model NAME",
      "                       [--OPTION VALUE]..."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The job runs until Ctrl-C, or with --bounded until it has scored what the topic holds.",
      "On a cluster it goes on when this command has ended; `logitflow cluster` looks after it."
    })
final class ScoreCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("[^/:\\s]+:\\d{1,5}");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      description =
          "REST address of the Flink session cluster to run on; unset: a cluster in this process.")
  private String jobManager;

  @Unmatched private List<String> jobArguments = new ArrayList<>();

  private CommandSpec spec;

  /** Puts the options of the job below those of the command. */
  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    Stream<String> options =
        OptionsPage.text(JobOptions.SCORING).lines().map(line -> line.replace("%", "%%"));
    String[] footer = spec.usageMessage().footer();
    spec.usageMessage()
        .footer(
            Stream.of(Arrays.stream(footer), Stream.of(""), options)
                .flatMap(lines -> lines)
                .toArray(String[]::new));
  }

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    LogOutput.toConsole();
    Configuration options =
        Arguments.parse(JobOptions.SCORING, jobArguments.toArray(String[]::new));
    PrintWriter out = spec.commandLine().getOut();
    if (jobManager == null) {
      return new LocalScoring(ScoringJob.configure(options), out).run();
    }
    // The cluster looks for the broker, which need not be within reach from here.
    var unused = ScoringConfig.from(options);
    return submit(out);
  }

  private int submit(PrintWriter out) throws IOException, InterruptedException {
    if (!ADDRESS.matcher(jobManager).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--jobmanager is '%s', expected HOST:PORT, for instance flink:8081"
              .formatted(jobManager));
    }
    FlinkRest cluster = new FlinkRest(URI.create("http://" + jobManager));
    JobSubmission jobs = new JobSubmission(cluster);
    String jar = jobs.upload(BuildOutput.ofThisClass().jobJar());
    String job = jobs.run(jar, JobSubmission.SCORING_JOB, jobArguments, Optional.empty());
    jobs.awaitRunning(job, START_LIMIT);
    out.printf("Job %s runs on %s.%n", job, cluster.root());
    out.flush();
    return 0;
  }
}
