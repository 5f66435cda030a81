package io.logitflow.launcher.models;

import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models challenger}. */
@Command(
    name = "challenger",
    description =
        "Makes a version the challenger, which is scored beside the champion, or ends that.")
final class ChallengerCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @ArgGroup(multiplicity = "1")
  private Change change;

  /** One or the other. */
  private static final class Change {
    @Option(
        names = "--version",
        paramLabel = "VERSION",
        description = "Number of the version, or an alias of it.")
    private String version;

    @Option(names = "--remove", description = "There shall be no challenger.")
    private boolean remove;
  }

  @Mixin private ReasonOption why;

  @Override
  void run(ModelTopic models) throws ModelTopicException {
    if (change.remove) {
      report(
          model.name(),
          models.removeAlias(model.name(), ModelKey.CHALLENGER),
          "%s has no challenger.".formatted(model.name()));
    } else {
      report(
          model.name(),
          models.challenge(model.name(), change.version, user(), why.reason()),
          "Version %s of %s is the challenger already.".formatted(change.version, model.name()));
    }
  }
}
