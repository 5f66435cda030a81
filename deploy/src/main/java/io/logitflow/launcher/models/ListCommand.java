package io.logitflow.launcher.models;

import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.util.Collection;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code logitflow models list}. */
@Command(name = "list", description = "Lists the versions of one model, or of all.")
final class ListCommand extends ModelsSubcommand {

  @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
  private String name;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  protected void run(ModelTopic models) throws ModelTopicException {
    ModelCatalogue catalogue = read(models);
    if (name != null) {
      catalogue.requireModel(name);
    }
    Collection<String> names = name == null ? catalogue.models() : Set.of(name);
    if (json) {
      out().println(ModelJson.list(catalogue, names));
    } else if (names.isEmpty()) {
      out().println("No models yet; `logitflow models publish` adds one.");
    } else {
      ModelTable.of(catalogue, names).forEach(out()::println);
    }
  }
}
