package io.logitflow.launcher.models;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code logitflow models}. */
@Command(
    name = "models",
    description = "Publishes, promotes, rolls back and shows models on the models topic.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      PublishCommand.class,
      ListCommand.class,
      ShowCommand.class,
      PromoteCommand.class,
      ChallengerCommand.class,
      RejectCommand.class,
      RollbackCommand.class,
      DecisionsCommand.class,
      ExportCommand.class,
      DeleteCommand.class
    },
    footer = {
      "",
      "A version never changes; aliases name versions and move:",
      "  champion    the version that serves",
      "  challenger  a version that is scored beside it and never served",
      "  previous    the champion before, for rollback",
      "",
      "For example:",
      "  logitflow models publish --bootstrap-servers localhost:9092 --model fashion-mnist \\",
      "      --file fashion.safetensors --classes classes.txt --promote"
    })
public final class ModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }
}
