package io.logitflow.launcher.models;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.Provenance;
import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models show}. */
@Command(name = "show", description = "Shows everything about a version but its weights.")
final class ShowCommand extends ModelsSubcommand {

  private static final int NAMES = 12;

  @Mixin private ModelOption model;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description =
          "Number of the version, or an alias of it; by default the champion, or else the latest.")
  private String version;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  void run(ModelTopic models) throws ModelTopicException {
    ModelCatalogue catalogue = read(models);
    Model found = find(catalogue);
    if (json) {
      out().println(ModelJson.show(catalogue, found));
    } else {
      print(catalogue, found);
    }
  }

  private Model find(ModelCatalogue catalogue) throws ModelTopicException {
    if (version != null) {
      return catalogue.find(model.name(), version);
    }
    if (catalogue.alias(model.name(), ModelKey.CHAMPION).isEmpty()
        && catalogue.latest(model.name()).isPresent()) {
      return catalogue.latest(model.name()).get();
    }
    return catalogue.find(model.name(), ModelKey.CHAMPION);
  }

  private void print(ModelCatalogue catalogue, Model found) {
    line("model", found.name() + " version " + found.version());
    for (AliasAssignment alias : catalogue.aliases(found.name()).values()) {
      if (alias.version() == found.version()) {
        line(alias.alias(), changed(alias));
      }
    }
    line("created", found.createdAt().toString());
    line(
        "features",
        found.featureCount()
            + (found.normaliser().isPresent() ? ", standardised" : "")
            + names(found.featureNames()));
    line("classes", found.classCount() + names(found.classNames()));
    line("network", String.join(", ", found.architecture()));
    line(
        "calibration",
        "version %d, temperature %s"
            .formatted(found.calibrationVersion(), found.calibration().temperature()));
    line("weights", "sha256:" + HexFormat.of().formatHex(found.weightsChecksum()));
    line("golden rows", Integer.toString(found.goldenRows().size()));
    Provenance provenance = found.provenance();
    line(
        "origin",
        provenance.origin()
            + (provenance.source().isEmpty() ? "" : " of " + provenance.source())
            + (provenance.parentVersion().isPresent()
                ? ", from version " + provenance.parentVersion().getAsLong()
                : "")
            + (provenance.codeVersion().isEmpty() ? "" : ", by " + provenance.codeVersion()));
    new TreeMap<>(provenance.details()).forEach(this::line);
  }

  private void line(String name, String value) {
    out().printf("%-13s %s%n", name, value);
  }

  private static String changed(AliasAssignment alias) {
    return "since "
        + alias.changedAt()
        + (alias.changedBy().isEmpty() ? "" : " by " + alias.changedBy())
        + (alias.reason().isEmpty() ? "" : ": " + alias.reason());
  }

  private static String names(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String shown = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return ": " + shown + (names.size() > NAMES ? ", ..." : "");
  }
}
