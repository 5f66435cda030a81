package io.logitflow.launcher.models;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Provenance;
import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.plot.ImageShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models show}. */
@Command(
    name = "show",
    description = "Shows everything about a version but its weights; and its weights as pictures.",
    footer = {
      "",
      "--plots writes index.html, the weights of each class as bars (weights.svg, .png), its",
      "template if the features are an image (templates.svg, .png), and both as tables with bias"
          + " and",
      "norm (weights.csv, templates.csv). Weights are those of the raw features: normaliser and",
      "layers are multiplied. Bars and templates are per standard deviation of the normaliser.",
      "For example:",
      "  logitflow models show --file fashion.safetensors --classes classes.txt --plots weights/"
    })
final class ShowCommand extends ModelsSubcommand {

  private static final int LISTED = 12;
  private static final int MAX_TOP = 100;

  @Mixin private ModelSelection selection;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Write pictures and tables of the weights there; files are replaced.")
  private Path plots;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Plots: features of largest weight of each class; default ${DEFAULT-VALUE}.")
  private int top;

  @Mixin private ImageOption image;

  @Override
  protected boolean needsBroker() {
    return !selection.isFile();
  }

  @Override
  protected void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException {
    if (selection.problem().isPresent()) {
      throw misuse(selection.problem().get());
    }
    if (top < 1 || top > MAX_TOP) {
      throw misuse("--top is %d, expected 1 to %d".formatted(top, MAX_TOP));
    }
    Model found;
    Collection<AliasAssignment> aliases;
    if (selection.isFile()) {
      found = selection.read();
      aliases = List.of();
    } else {
      ModelCatalogue catalogue = read(models);
      found = selection.find(catalogue);
      aliases = catalogue.aliases(found.name()).values();
    }
    if (json) {
      out().println(ModelJson.show(aliases, found));
    } else {
      print(aliases, found);
    }
    if (plots != null) {
      plot(found);
    }
  }

  private void plot(Model found) throws InvalidModelException, IOException {
    LinearView view = LinearView.of(found);
    Optional<ImageShape> shape = image.shape(found);
    FeatureNames names = FeatureNames.of(found, List.of(), shape);
    ModelTables tables = new ModelTables(found, view, names);
    ModelPlots figures = new ModelPlots(found, view, names);
    List<Path> files = new ArrayList<>(figures.writeWeights(plots, top));
    files.add(tables.writeWeights(plots));
    if (shape.isPresent()) {
      files.addAll(figures.writeTemplates(plots, shape.get()));
    }
    files.add(tables.writeTemplates(plots));
    Path index =
        IndexPage.write(
            plots,
            "%s version %d".formatted(found.name(), found.version()),
            "%d features, %d classes, weights sha256:%s. Bars and templates: %s."
                .formatted(
                    found.featureCount(),
                    found.classCount(),
                    HexFormat.of().formatHex(found.weightsChecksum()),
                    ModelPlots.unit(found)),
            files);
    // Beside the JSON, which is the only thing on standard output.
    PrintWriter report = json ? err() : out();
    report.println("Wrote " + index);
    files.forEach(file -> report.println("      " + file));
    report.flush();
  }

  private void print(Collection<AliasAssignment> aliases, Model found) {
    line("model", found.name() + " version " + found.version());
    for (AliasAssignment alias : aliases) {
      if (alias.version() == found.version()) {
        line(alias.alias(), changed(alias));
      }
    }
    line("created", found.createdAt().toString());
    line(
        "features",
        found.featureCount()
            + (found.normaliser().isPresent() ? ", standardised" : "")
            + listed(found.featureNames()));
    line("classes", found.classCount() + listed(found.classNames()));
    line("network", String.join(", ", found.architecture()));
    line(
        "calibration",
        "version %d, temperature %s%s"
            .formatted(
                found.calibrationVersion(),
                found.calibration().temperature(),
                biases(found.calibration())));
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

  private static String biases(Calibration calibration) {
    return calibration.hasBiases()
        ? ", biases"
            + listed(Arrays.stream(calibration.biases()).mapToObj(Double::toString).toList())
        : "";
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String shown = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
    return ": " + shown + (names.size() > LISTED ? ", ..." : "");
  }
}
