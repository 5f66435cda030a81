package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopicException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model to look at: one of the models topic, or one in a file. */
public final class ModelSelection {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A model of the models topic; with --file, what to call the model there.")
  private String name;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description =
          "Number of the version, or an alias of it; by default the champion, or else the latest.")
  private String version;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "A model in a file instead, *.safetensors, *.onnx, *.pt (TorchScript) or *.avro; no"
              + " broker is needed.")
  private Path file;

  @Mixin private NamesOptions names;

  @Mixin private TraitsOptions traits;

  /** Whether the model is in a file. */
  public boolean isFile() {
    return file != null;
  }

  /** What is wrong with the options, if anything is. */
  public Optional<String> problem() {
    if (!isFile() && name == null) {
      return Optional.of("Missing option: --model NAME, or --file FILE for a model in a file");
    }
    if (!isFile() && (names.areGiven() || traits.areGiven())) {
      return Optional.of(
          "--classes, --feature-names, --input-shape, --yields and --multi-label go with --file: a"
              + " published model has its own");
    }
    return isFile() && version != null
        ? Optional.of("--version goes with the models topic: a file holds one model")
        : Optional.empty();
  }

  /** Reads the file. */
  public Model read() throws IOException, InvalidModelException {
    ModelFile found = ModelFile.of(file);
    Model.Builder builder = found.read(names, traits, "");
    if (name != null) {
      builder.name(name);
    }
    return found.build(builder);
  }

  /** Finds the model on the topic. */
  public Model find(ModelCatalogue catalogue) throws ModelTopicException {
    if (version != null) {
      return catalogue.find(name, version);
    }
    if (catalogue.alias(name, ModelKey.CHAMPION).isEmpty() && catalogue.latest(name).isPresent()) {
      return catalogue.latest(name).get();
    }
    return catalogue.find(name, ModelKey.CHAMPION);
  }
}
