package io.logitflow.launcher;

import io.logitflow.classifier.Model;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ReplayConfig;
import io.logitflow.config.ReplayOptions;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.console.LogOutput;
import io.logitflow.job.ReplayJob;
import io.logitflow.launcher.models.ImageOption;
import io.logitflow.launcher.replay.EvaluationFiles;
import io.logitflow.launcher.replay.EvaluationJson;
import io.logitflow.launcher.replay.EvaluationPage;
import io.logitflow.launcher.replay.EvaluationText;
import io.logitflow.launcher.replay.EvaluationTopic;
import io.logitflow.launcher.replay.FailIf;
import io.logitflow.launcher.replay.ReplayCheck;
import io.logitflow.launcher.replay.ReplayProgress;
import io.logitflow.plot.ImageShape;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.VersionEvaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command {@code logitflow replay}. */
@Command(
    name = "replay",
    description = {
      "Reproduces logged predictions, or evaluates versions of a model on what happened.",
      "Writes a report to the evaluations topic, and with --report as HTML."
    },
    customSynopsis = {
      "logitflow replay [--jobmanager HOST:PORT]",
      "                        --bootstrap-servers HOST:PORT --model NAME [--models A,B,...]",
      "                        [--from POINT] [--to POINT] [--report DIR] [--OPTION VALUE]..."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = 3,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the run is done, and no check failed",
      "1:a check failed: predictions that differ, or --fail-if",
      "2:options, broker, topics or versions are not as they must be; nothing was run",
      "3:the run failed"
    })
final class ReplayCommand extends JobCommand<ReplayConfig> {

  private static final int CHECK_FAILED = 1;
  private static final Duration LONGEST = Duration.ofDays(7);

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, report.md and their pictures there; files are replaced.")
  private Path report;

  @Mixin private ImageOption image;

  @Option(names = "--json", description = "The report as JSON on standard output.")
  private boolean json;

  @Option(
      names = "--fail-if",
      paramLabel = "worse|not-better",
      converter = FailIfConverter.class,
      description =
          "worse: fail if the 95%% interval of a version's mean gain over the first one is below"
              + " -margin. not-better: fail unless its anytime-valid one is above margin.")
  private FailIf failIf;

  @Option(
      names = "--margin",
      paramLabel = "GAIN",
      defaultValue = "0",
      description = "Half-Brier gain or loss that does not matter to --fail-if; default 0.")
  private double margin;

  @Option(
      names = "--no-fail-on-differences",
      description = "as-served: exit with 0 although predictions differ.")
  private boolean ignoreDifferences;

  private ReplayProgress progress;

  ReplayCommand() {
    super(JobOptions.REPLAY);
  }

  @Override
  ReplayConfig read(Configuration options) throws ConfigurationException {
    return ReplayConfig.from(options);
  }

  @Override
  ReplayConfig configure(Configuration options) throws ConfigurationException {
    return ReplayJob.configure(options);
  }

  @Override
  void wire(StreamExecutionEnvironment env, ReplayConfig config) {
    progress.total(ReplayJob.wire(env, config).offsets());
  }

  @Override
  String name(ReplayConfig config) {
    return ReplayJob.name(config);
  }

  @Override
  String activity(ReplayConfig config) {
    return "Replaying %s %s from %s"
        .formatted(config.model(), config.mode(), config.kafka().bootstrapServers());
  }

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    LogOutput.silent();
    if (!(margin >= 0)) {
      throw new ParameterException(
          commandLine(), "--margin is %s, expected a number of at least 0".formatted(margin));
    }
    PrintWriter out = commandLine().getOut();
    // With --json nothing but the JSON is on standard output.
    PrintWriter said = json ? commandLine().getErr() : out;
    progress = new ReplayProgress(said);
    Configuration options = options();
    ReplayConfig config = isLocal() ? configure(options) : read(options);
    if (failIf != null && config.models().size() < 2) {
      throw new ParameterException(
          commandLine(), "--fail-if compares versions: name two or more by --models");
    }
    runToEnd(config, options, said);
    EvaluationReport evaluated =
        EvaluationTopic.report(config.kafka(), config.topics().evaluations(), config.runId(), said);
    List<String> failures =
        new ReplayCheck(Optional.ofNullable(failIf), margin, !ignoreDifferences)
            .failures(evaluated);
    if (json) {
      out.println(EvaluationJson.of(evaluated, failures));
    } else {
      EvaluationText.of(evaluated).forEach(out::println);
    }
    said.printf("Report %s on %s%n", evaluated.getRunId(), config.topics().evaluations());
    if (report != null) {
      write(evaluated, config, said);
    }
    failures.forEach(failure -> said.println("Check failed: " + failure));
    said.flush();
    out.flush();
    return failures.isEmpty() ? 0 : CHECK_FAILED;
  }

  private void runToEnd(ReplayConfig config, Configuration options, PrintWriter said)
      throws IOException, InterruptedException {
    if (isLocal()) {
      int ended = run(config, said, progress::look);
      if (ended != 0) {
        throw new IOException("the job was cancelled");
      }
      return;
    }
    List<String> runId =
        options.containsKey(ReplayOptions.RUN_ID.key())
            ? List.of()
            : List.of("--" + ReplayOptions.RUN_ID.key() + "=" + config.runId());
    SubmittedJob job = submit(runId);
    said.printf("Job %s runs on %s.%n", job.id(), job.cluster().root());
    said.flush();
    JobStatus status = job.jobs().awaitEnd(job.id(), LONGEST);
    if (status != JobStatus.FINISHED) {
      throw new IOException(
          "job %s is %s: %s"
              .formatted(job.id(), status, job.jobs().failure(job.id()).orElse("no reason given")));
    }
  }

  private void write(EvaluationReport evaluated, ReplayConfig config, PrintWriter said)
      throws IOException {
    List<Model> models = new ArrayList<>();
    try (ModelTopic topic = ModelTopic.of(config.kafka(), config.topics().models()).open()) {
      ModelCatalogue catalogue = topic.read();
      for (VersionEvaluation evaluation : evaluated.getEvaluations()) {
        catalogue.version(config.model(), evaluation.getVersion()).ifPresent(models::add);
      }
    } catch (ModelTopicException e) {
      said.println("Without templates: " + e.getMessage());
    }
    Optional<ImageShape> shape = models.isEmpty() ? Optional.empty() : image.shape(models.get(0));
    List<Path> files = EvaluationFiles.write(new EvaluationPage(evaluated, models, shape), report);
    said.println("Wrote " + files.get(0).toAbsolutePath());
    int pictures = (files.size() - 2) / 2;
    said.println(
        "      and "
            + files.get(1).getFileName()
            + (pictures == 0 ? " beside it" : " with %d pictures beside it".formatted(pictures)));
  }

  /** Reads {@link FailIf}, whose names have hyphens. */
  static final class FailIfConverter implements ITypeConverter<FailIf> {
    @Override
    public FailIf convert(String text) {
      for (FailIf value : FailIf.values()) {
        if (value.toString().equals(text)) {
          return value;
        }
      }
      throw new TypeConversionException("'" + text + "' is neither worse nor not-better");
    }
  }
}
