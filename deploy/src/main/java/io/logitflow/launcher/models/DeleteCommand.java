package io.logitflow.launcher.models;

import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models delete}. */
@Command(
    name = "delete",
    description = "Deletes a version that no alias names. Its number is not given again.")
final class DeleteCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @Option(
      names = "--version",
      paramLabel = "NUMBER",
      required = true,
      description = "Number of the version.")
  private long version;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException {
    models.delete(model.name(), version);
    out().printf("Deleted %s version %d.%n", model.name(), version);
  }
}
