package io.logitflow.launcher.models;

import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
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

  @Override
  protected void run(ModelTopic models) throws ModelTopicException {
    report(
        model.name(),
        models.rollback(model.name(), user(), why.reason()),
        "The previous champion of %s is the champion already.".formatted(model.name()));
  }
}
