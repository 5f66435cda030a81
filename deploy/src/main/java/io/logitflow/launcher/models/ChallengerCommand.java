package io.logitflow.launcher.models;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models challenger}. */
@Command(
    name = "challenger",
    description = {
      "Makes a version a challenger, which is scored beside the champion, or ends that.",
      "There may be several, each with a name of its own."
    })
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

    @Option(names = "--remove", description = "There shall be no such challenger.")
    private boolean remove;
  }

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Name of the challenger, lower-case letters, digits and '-': its alias is"
              + " challenger-NAME. Without: challenger.")
  private String name;

  @Mixin private ReasonOption why;

  @Mixin private DecisionsTopicOption decisions;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException, IOException {
    if (!name.matches("([a-z0-9][a-z0-9-]{0,37})?")) {
      throw misuse(
          "--name is \"%s\", expected up to 38 lower-case letters, digits and '-'".formatted(name));
    }
    String alias = ModelKey.challenger(name);
    if (change.remove) {
      remove(models, alias);
    } else {
      add(models, alias);
    }
  }

  private void add(ModelTopic models, String alias) throws ModelTopicException, IOException {
    List<AliasMove> moves =
        models.challenge(model.name(), alias, change.version, user(), why.reason());
    report(
        model.name(),
        moves,
        "Version %s of %s is the %s already.".formatted(change.version, model.name(), alias));
    if (!moves.isEmpty()) {
      decisions.write(
          broker(),
          PersonalDecision.ofChallenger(models.read(), model.name(), moves, user(), why.reason()),
          err());
    }
  }

  private void remove(ModelTopic models, String alias) throws ModelTopicException, IOException {
    List<AliasMove> moves = models.removeAlias(model.name(), alias);
    report(model.name(), moves, "%s has no %s.".formatted(model.name(), alias));
    if (!moves.isEmpty()) {
      decisions.write(
          broker(),
          PersonalDecision.ofRejection(models.read(), model.name(), moves, user(), why.reason()),
          err());
    }
  }
}
