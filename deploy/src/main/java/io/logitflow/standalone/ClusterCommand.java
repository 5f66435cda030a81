package io.logitflow.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code logitflow cluster}. */
@Command(
    name = "cluster",
    description = "Runs a Flink cluster of several processes on this machine, and jobs on it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      StartClusterCommand.class,
      StatusCommand.class,
      SubmitCommand.class,
      StopJobCommand.class,
      StopClusterCommand.class
    },
    footer = {
      "",
      "For example:",
      "  logitflow cluster start --task-managers 2 --slots 2",
      "  logitflow cluster submit --bootstrap-servers localhost:9092 --model fashion-mnist",
      "  logitflow cluster status",
      "  logitflow cluster stop",
      "The cluster listens on 127.0.0.1 only, without any protection."
    })
public final class ClusterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }
}
