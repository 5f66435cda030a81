package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models reject}. */
@Command(
    name = "reject",
    description = {
      "Ends a challenge: the version is scored no more, and not promoted.",
      "The version itself stays."
    })
final class RejectCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      defaultValue = ModelKey.CHALLENGER,
      description = "Number of the version, or an alias of it; default ${DEFAULT-VALUE}.")
  private String version;

  @Mixin private ReasonOption why;

  @Mixin private DecisionsTopicOption decisions;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException, IOException {
    ModelCatalogue catalogue = read(models);
    long rejected = catalogue.find(model.name(), version).version();
    List<AliasMove> moves = new ArrayList<>();
    for (String alias : catalogue.aliasesOf(model.name(), rejected)) {
      if (ModelKey.isChallenger(alias)) {
        moves.addAll(models.removeAlias(model.name(), alias));
      }
    }
    report(
        model.name(),
        moves,
        "Version %d of %s is no challenger.".formatted(rejected, model.name()));
    if (!moves.isEmpty()) {
      decisions.write(
          broker(),
          PersonalDecision.ofRejection(catalogue, model.name(), moves, user(), why.reason()),
          err());
    }
  }
}
