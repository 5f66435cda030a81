package io.logitflow.launcher.models;

import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
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

  @Override
  protected void run(ModelTopic models) throws ModelTopicException {
    report(
        model.name(),
        models.promote(model.name(), version, user(), why.reason()),
        "Version %s of %s is the champion already.".formatted(version, model.name()));
  }
}
