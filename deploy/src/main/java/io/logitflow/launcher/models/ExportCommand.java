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
    description = "Writes a version to a file.",
    footer = {
      "",
      "safetensors holds linear.weight, linear.bias and the normaliser, for PyTorch; avro holds"
          + " all",
      "of the version, names and calibration included."
    })
final class ExportCommand extends ModelsSubcommand {

  @Mixin private ModelOption model;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      defaultValue = "champion",
      description = "Number of the version, or an alias of it; default ${DEFAULT-VALUE}.")
  private String version;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private ModelFile.Format format;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The file to write.")
  private Path file;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  @Override
  protected void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException {
    if (Files.exists(file) && !force) {
      throw new IOException(file + " exists: give another name, or --force to replace it");
    }
    Model found = read(models).find(model.name(), version);
    ModelFile.write(found, format, file);
    out().printf("Wrote %s version %d to %s.%n", found.name(), found.version(), file);
  }
}
