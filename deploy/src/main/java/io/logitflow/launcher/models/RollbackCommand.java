package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.DecisionKind;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code logitflow models rollback}. */
@Command(
    name = "rollback",
    description =
        "Makes the previous champion the champion again, and the champion the previous one.")
final class RollbackCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @Mixin private ReasonOption why;

  @Mixin private DecisionsTopicOption decisions;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException, IOException {
    List<AliasMove> moves = models.rollback(model.name(), user(), why.reason());
    report(
        model.name(),
        moves,
        "The previous champion of %s is the champion already.".formatted(model.name()));
    if (!moves.isEmpty()) {
      decisions.write(
          broker(),
          PersonalDecision.ofChampion(
              DecisionKind.ROLLBACK, model.name(), moves, user(), why.reason()),
          err());
    }
  }
}
