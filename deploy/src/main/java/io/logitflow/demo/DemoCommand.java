package io.logitflow.demo;

import io.logitflow.config.Guarantee;
import io.logitflow.console.LogOutput;
import io.logitflow.console.StopSignal;
import io.logitflow.console.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code logitflow demo}. */
@Command(
    name = "demo",
    description =
        "Starts a Kafka broker and a Flink cluster on this machine, sends real records and their"
            + " labels, and shows how they are scored and how far the confidences can be trusted.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What is sent are rows that the model was not trained on, again and again under new ids. As"
          + " rows repeat, intervals are narrower than those of as many different rows, and the"
          + " labels that a recalibration is judged by are of the rows that it was fitted to.",
      "",
      "Ctrl-C stops it. The exit code is 0 if every record that was sent was scored."
    })
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "fashion-mnist",
      converter = DemoArguments.Dataset.class,
      description =
          "fashion-mnist, flights or digits, whose model is far from calibrated and is repaired"
              + " within seconds; default ${DEFAULT-VALUE}.")
  private DemoDataset dataset;

  @Option(
      names = "--drift",
      description =
          "After a quarter of the time every feature stands one or two places further on, as after"
              + " a move of the camera or a new column: watch the alarm, the retraining, the shadow"
              + " and the promotion. At the end there is a report.")
  private boolean drift;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      defaultValue = "demo-report",
      description = "Where --drift puts its report; default ${DEFAULT-VALUE}.")
  private Path reportDir;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = DemoArguments.Rate.class,
      description = "Records per second, or max; default 5000, with --drift 2000.")
  private DemoArguments.Rate.Value rate;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = DemoArguments.Time.class,
      description = "How long to send, for instance 30s or 5m; default 60s, with --drift 100s.")
  private Duration duration;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      converter = DemoArguments.Parallelism.class,
      description = "Subtasks of the job; default ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "sgd",
      description = "Which model of the data set scores: ${COMPLETION-CANDIDATES}; default sgd.")
  private DemoConfig.Trainer trainer;

  @Option(
      names = "--delivery-guarantee",
      paramLabel = "NAME",
      defaultValue = "at-least-once",
      converter = DemoArguments.Delivery.class,
      description = "at-least-once or exactly-once; default ${DEFAULT-VALUE}.")
  private Guarantee delivery;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      converter = DemoArguments.Port.class,
      description = "Port of the broker; default any that is free.")
  private int port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where to put the broker's data and the log; default a temporary directory.")
  private Path dataDir;

  @Option(
      names = "--no-feedback",
      description =
          "Score only: no calibration, no recalibration. So it is with --rate max, which shows how"
              + " fast scoring is.")
  private boolean withoutFeedback;

  @Option(names = "--keep", description = "Leave the data and the log behind at the end.")
  private boolean keep;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal =
        Terminal.standardOutput(System.getenv(), System.getProperty("native.encoding", "US-ASCII"));
    DemoConfig config = config();
    // The signal is closed last: then the JVM may end, before anything else is printed.
    try (StopSignal signal = StopSignal.open()) {
      return run(config, terminal, signal);
    }
  }

  private int run(DemoConfig config, Terminal terminal, StopSignal signal)
      throws InterruptedException {
    try (DemoDirectory directory = DemoDirectory.create(config.parent(), config.neededBytes())) {
      if (config.keep()) {
        directory.keep();
      }
      LogOutput.toFile(directory.log());
      DemoReport report = new DemoReport(spec.commandLine().getParent(), reportDir);
      return new Demo(config, directory, terminal, signal, report).run();
    } catch (DemoException e) {
      spec.commandLine().getErr().println("logitflow demo: " + e.getMessage());
      return 1;
    }
  }

  /**
   * What the options say.
   *
   * @throws ParameterException if they contradict each other
   */
  DemoConfig config() {
    if (rate == null) {
      rate = new DemoArguments.Rate.Value(OptionalDouble.of(drift ? 2_000 : 5_000));
    }
    if (duration == null) {
      duration = Duration.ofSeconds(drift ? 100 : 60);
    }
    boolean feedback = !withoutFeedback && rate.perSecond().isPresent();
    if (drift && !feedback) {
      throw new ParameterException(
          spec.commandLine(),
          "--drift needs the feedback job, which does not run with --no-feedback or --rate max");
    }
    Path parent = dataDir != null ? dataDir : Path.of(System.getProperty("java.io.tmpdir"));
    return new DemoConfig(
        dataset,
        trainer,
        rate.perSecond(),
        duration,
        parallelism,
        delivery,
        port,
        parent.toAbsolutePath(),
        keep,
        feedback,
        drift);
  }
}
