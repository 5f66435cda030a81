package io.logitflow.launcher;

import io.logitflow.demo.DemoCommand;
import io.logitflow.generator.GenerateCommand;
import io.logitflow.launcher.calibration.CalibrateCommand;
import io.logitflow.launcher.calibration.CalibrationCommand;
import io.logitflow.launcher.explain.ExplainCommand;
import io.logitflow.launcher.models.ModelsCommand;
import io.logitflow.standalone.ClusterCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code logitflow}: what its subcommands have in common. */
@Command(
    name = "logitflow",
    description =
        "Scores feature records on Kafka topics with Apache Flink, and calibrates and retrains the"
            + " model from their labels.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      DemoCommand.class,
      ScoreCommand.class,
      FeedbackCommand.class,
      TrainCommand.class,
      ReplayCommand.class,
      GenerateCommand.class,
      ModelsCommand.class,
      ExplainCommand.class,
      CalibrationCommand.class,
      CalibrateCommand.class,
      ClusterCommand.class,
      BrokerCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "`logitflow COMMAND --help` tells more of a command.",
      "`logitflow backends` fetches, once, what serves TorchScript and ONNX files and trains"
          + " hidden",
      "layers.",
      "LOGITFLOW_OPTS holds options of the JVM, for instance LOGITFLOW_OPTS=-Xmx4g."
    })
public final class LogitflowCommand implements Callable<Integer> {
  private static final int USAGE = CommandLine.ExitCode.USAGE;

  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands, with errors of one line each. */
  static CommandLine commandLine() {
    return new CommandLine(new LogitflowCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(LogitflowCommand::misused)
        .setExecutionExceptionHandler(new FailureReport());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return USAGE;
  }

  private static int misused(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + problem.getMessage());
    command.getErr().println("Try '" + name + " --help'.");
    return USAGE;
  }
}
