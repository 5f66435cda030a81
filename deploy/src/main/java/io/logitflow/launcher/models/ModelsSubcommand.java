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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that look at models have in common: a topic to work on, and output. */
@Command(sortOptions = false)
public abstract class ModelsSubcommand implements Callable<Integer> {

  @Mixin private ModelsTopicOptions topic;

  /** An annotation of a superclass would not bring it: that of the command itself hides it. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // It is for picocli alone.
  private boolean help;

  @Spec private CommandSpec spec;

  /**
   * Does the command's work.
   *
   * @param models connects at its first use, which must not happen if the command {@linkplain
   *     #needsBroker needs no broker}
   */
  protected abstract void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException;

  /** Whether there must be a broker, from the options that were given. */
  protected boolean needsBroker() {
    return true;
  }

  @Override
  public final Integer call() throws IOException {
    LogOutput.silent();
    if (needsBroker() && topic.bootstrapServers().isEmpty()) {
      throw misuse("Missing required option: '--bootstrap-servers=HOST:PORT'");
    }
    try (ModelTopic models = topic.open()) {
      run(models);
      return 0;
    } catch (ModelTopicException | InvalidModelException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      out().flush();
    }
  }

  /** Standard output. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error, for what is not the result. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** The broker and its topics. */
  protected final ModelsTopicOptions broker() {
    return topic;
  }

  /** A combination of options that makes no sense. */
  protected final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Reads the topic and says on standard error what could not be read of it. */
  protected final ModelCatalogue read(ModelTopic models) throws ModelTopicException {
    ModelCatalogue catalogue = models.read();
    for (String problem : catalogue.problems()) {
      err().println("Passed over: " + problem);
    }
    return catalogue;
  }

  /** Prints what has moved, or else {@code ifNone} unless it is empty. */
  protected final void report(String model, List<AliasMove> moves, String ifNone) {
    if (moves.isEmpty() && !ifNone.isEmpty()) {
      out().println(ifNone);
    }
    for (AliasMove move : moves) {
      out().printf("%s: %s%n", model, move);
    }
  }

  /** The user, as the one who changes an alias. */
  protected static String user() {
    return System.getProperty("user.name", "");
  }
}
