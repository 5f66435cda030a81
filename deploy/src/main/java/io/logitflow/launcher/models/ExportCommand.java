package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models export}. */
@Command(
    name = "export",
    description = "Writes a version, or the model of another file, to a file.",
    footer = {
      "",
      "safetensors holds the layers as nn.Linear (linear.weight, linear.bias) or nn.Sequential,"
          + " and",
      "the normaliser, for PyTorch; what tensors do not say stands in a JSON file beside it. avro",
      "holds all of the version."
    })
final class ExportCommand extends ModelsSubcommand {

  private static final String CHAMPION = "champion";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A model of the models topic; with --from, what to call the model there.")
  private String name;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Number of the version, or an alias of it; default " + CHAMPION + ".")
  private String version;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "A model in a file instead, *.safetensors, *.onnx, *.pt (TorchScript) or *.avro; no"
              + " broker is needed.")
  private Path from;

  @Mixin private NamesOptions names;

  @Mixin private TraitsOptions traits;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private ExportFormat format;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The file to write.")
  private Path file;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Override
  protected boolean needsBroker() {
    return from == null;
  }

  @Override
  protected void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException {
    for (Path written : format.files(file)) {
      if (Files.exists(written) && !force) {
        throw new IOException(written + " exists: give another name, or --force to replace it");
      }
    }
    Model found = from == null ? ofTopic(models) : ofFile();
    format.write(found, file);
    out().printf("Wrote %s version %d to %s.%n", found.name(), found.version(), file);
  }

  private Model ofTopic(ModelTopic models) throws ModelTopicException {
    if (name == null) {
      throw misuse("Missing option: --model NAME, or --from FILE for a model in a file");
    }
    if (names.areGiven() || traits.areGiven()) {
      throw misuse(
          "--classes, --feature-names, --input-shape, --yields and --multi-label go with --from: a"
              + " published model has its own");
    }
    return read(models).find(name, version == null ? CHAMPION : version);
  }

  private Model ofFile() throws IOException, InvalidModelException {
    if (version != null) {
      throw misuse("--version goes with the models topic: a file holds one model");
    }
    ModelFile source = ModelFile.of(from);
    Model.Builder builder = source.read(names, traits, "");
    if (name != null) {
      builder.name(name);
    }
    return source.build(builder);
  }
}
