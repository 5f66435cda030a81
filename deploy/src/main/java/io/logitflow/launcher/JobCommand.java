package io.logitflow.launcher;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.OptionsPage;
import io.logitflow.console.LogOutput;
import io.logitflow.standalone.BuildOutput;
import io.logitflow.standalone.FlinkRest;
import io.logitflow.standalone.JobSubmission;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command that runs a job: in this process, or on a session cluster. */
abstract class JobCommand<C extends JobConfig> implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("[^/:\\s]+:\\d{1,5}");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final JobOptions job;

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      description =
          "REST address of the Flink session cluster to run on; unset: a cluster in this process.")
  private String jobManager;

  @Unmatched private List<String> jobArguments = new ArrayList<>();

  private CommandSpec spec;

  JobCommand(JobOptions job) {
    this.job = job;
  }

  /** Checks the options of the job, without the broker. */
  abstract C read(Configuration options) throws ConfigurationException;

  /** Checks the options of the job, the broker and the topics. */
  abstract C configure(Configuration options) throws ConfigurationException;

  /** Makes sources and sinks and defines the dataflow. */
  abstract void wire(StreamExecutionEnvironment env, C config);

  /** Name of the job on a cluster. */
  abstract String name(C config);

  /** What the job does, for people: the beginning of a sentence. */
  abstract String activity(C config);

  /**
   * Says what came of a job that ran in this process and has ended; nothing, unless a job has more
   * to say than its topics.
   *
   * @param start when it was started
   */
  void report(C config, Instant start, PrintWriter out) throws IOException {}

  /** Puts the options of the job below those of the command. */
  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    Stream<String> options = OptionsPage.text(job).lines().map(line -> line.replace("%", "%%"));
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
    PrintWriter out = spec.commandLine().getOut();
    Configuration options = options();
    if (isLocal()) {
      C config = configure(options);
      Instant start = Instant.now();
      int code = run(config, out, LocalJob.Progress.NONE);
      if (code == 0) {
        report(config, start, out);
      }
      return code;
    }
    // The cluster looks for the broker, which need not be within reach from here.
    var unused = read(options);
    SubmittedJob submitted = submit(List.of());
    submitted.jobs().awaitRunning(submitted.id(), START_LIMIT);
    out.printf("Job %s runs on %s.%n", submitted.id(), submitted.cluster().root());
    out.flush();
    return 0;
  }

  /** The options of the job that were given. */
  final Configuration options() throws ConfigurationException {
    return Arguments.parse(job, jobArguments.toArray(String[]::new));
  }

  /** Whether the job is to run on a cluster in this process. */
  final boolean isLocal() {
    return jobManager == null;
  }

  /** The command, for its output and for misuse. */
  final CommandLine commandLine() {
    return spec.commandLine();
  }

  /** Runs the job in this process to its end. */
  final int run(C config, PrintWriter out, LocalJob.Progress progress)
      throws IOException, InterruptedException {
    int slots = config.reading().parallelism().orElse(Runtime.getRuntime().availableProcessors());
    return new LocalJob(name(config), activity(config), out, progress)
        .run(slots, env -> wire(env, config));
  }

  /** A job on a session cluster. */
  record SubmittedJob(FlinkRest cluster, JobSubmission jobs, String id) {}

  /**
   * Hands the job to the session cluster.
   *
   * @param more arguments beside those that were given
   */
  final SubmittedJob submit(List<String> more) throws IOException, InterruptedException {
    if (!ADDRESS.matcher(jobManager).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--jobmanager is '%s', expected HOST:PORT, for instance flink:8081"
              .formatted(jobManager));
    }
    FlinkRest cluster = new FlinkRest(URI.create("http://" + jobManager));
    JobSubmission jobs = new JobSubmission(cluster);
    String jar = jobs.upload(BuildOutput.ofThisClass().jobJar());
    List<String> arguments = new ArrayList<>(jobArguments);
    arguments.addAll(more);
    String id = jobs.run(jar, JobSubmission.entryClass(job), arguments, Optional.empty());
    return new SubmittedJob(cluster, jobs, id);
  }
}
