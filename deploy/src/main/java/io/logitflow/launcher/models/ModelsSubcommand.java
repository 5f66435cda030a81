package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.console.LogOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the models commands have in common: a topic to work on, and output. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class ModelsSubcommand implements Callable<Integer> {

  @Mixin private ModelsTopicOptions topic;

  @Spec private CommandSpec spec;

  /** Does the command's work. */
  abstract void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException;

  @Override
  public final Integer call() throws IOException {
    LogOutput.silent();
    try (ModelTopic models = topic.open()) {
      run(models);
      return 0;
    } catch (ModelTopicException | InvalidModelException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      out().flush();
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A combination of options that makes no sense. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Reads the topic and says on standard error what could not be read of it. */
  final ModelCatalogue read(ModelTopic models) throws ModelTopicException {
    ModelCatalogue catalogue = models.read();
    for (String problem : catalogue.problems()) {
      spec.commandLine().getErr().println("Passed over: " + problem);
    }
    return catalogue;
  }

  /** Prints what has moved, or else {@code ifNone} unless it is empty. */
  final void report(String model, List<AliasMove> moves, String ifNone) {
    if (moves.isEmpty() && !ifNone.isEmpty()) {
      out().println(ifNone);
    }
    for (AliasMove move : moves) {
      out().printf("%s: %s%n", model, move);
    }
  }

  /** The user, as the one who changes an alias. */
  static String user() {
    return System.getProperty("user.name", "");
  }
}
