package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.DecisionKind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models promote}. */
@Command(
    name = "promote",
    description = "Makes a version the champion; the champion before becomes `previous`.",
    footer = {
      "",
      "For example: --model fashion-mnist --version challenger --why 'better for a week'"
    })
final class PromoteCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      required = true,
      description = "Number of the version, or an alias of it, for instance challenger.")
  private String version;

  @Mixin private ReasonOption why;

  @Mixin private DecisionsTopicOption decisions;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException, IOException {
    List<AliasMove> moves = models.promote(model.name(), version, user(), why.reason());
    report(
        model.name(),
        moves,
        "Version %s of %s is the champion already.".formatted(version, model.name()));
    if (!moves.isEmpty()) {
      decisions.write(
          broker(),
          PersonalDecision.ofChampion(
              DecisionKind.PROMOTION, model.name(), moves, user(), why.reason()),
          err());
    }
  }
}
