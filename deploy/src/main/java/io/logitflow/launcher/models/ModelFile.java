package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.format.SafetensorsFormat;
import io.logitflow.modelfile.ImportedNetwork;
import io.logitflow.modelfile.StatedTraits;
import io.logitflow.modelfile.TorchScriptFormat;
import io.logitflow.modelfile.onnx.OnnxFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** A file that holds a model. */
final class ModelFile {

  private final Path file;
  private final FileKind kind;

  private ModelFile(Path file, FileKind kind) {
    this.file = file;
    this.kind = kind;
  }

  /**
   * Finds out what kind of file it is.
   *
   * @throws IOException if it is none that holds a model, or cannot be read
   */
  static ModelFile of(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw TextFiles.missing(file, new NoSuchFileException(file.toString()));
    }
    return new ModelFile(file, FileKind.of(file));
  }

  /** Whether it is our own container, which names its model and says when it was made. */
  boolean isContainer() {
    return kind == FileKind.CONTAINER;
  }

  /**
   * Reads the file. A file of another program gets its own name for that of the model, and the time
   * of its last change for that of its making.
   *
   * @param codeVersion version of this program, for the provenance
   * @throws InvalidModelException if it holds no model; the message names the file
   */
  Model.Builder read(NamesOptions names, TraitsOptions traits, String codeVersion)
      throws IOException, InvalidModelException {
    StatedTraits stated = traits.stated();
    if (stated.areGiven() && !kind.takesTraits()) {
      throw new IOException(
          "%s: --input-shape, --yields and --multi-label go with .onnx and TorchScript files"
              .formatted(file));
    }
    Model.Builder builder =
        switch (kind) {
          case CONTAINER -> ModelContainer.read(file).toBuilder();
          case SAFETENSORS -> imported(SafetensorsFormat.read(file), Map.of(), codeVersion);
          case ONNX -> imported(OnnxFormat.read(file, stated), codeVersion);
          case TORCHSCRIPT -> imported(TorchScriptFormat.read(file, stated), codeVersion);
        };
    names.addTo(builder);
    return builder;
  }

  private Model.Builder imported(ImportedNetwork network, String codeVersion) throws IOException {
    return imported(network.builder(), network.details(), codeVersion);
  }

  private Model.Builder imported(
      Model.Builder builder, Map<String, String> details, String codeVersion) throws IOException {
    return builder
        .name(modelName())
        .createdAt(Instant.ofEpochMilli(Files.getLastModifiedTime(file).toMillis()))
        .provenance(
            new Provenance(
                "import",
                OptionalLong.empty(),
                codeVersion,
                file.getFileName().toString(),
                details));
  }

  private String modelName() {
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String allowed = stem.replaceAll("[^A-Za-z0-9._-]", "-");
    return Model.isName(allowed) ? allowed : "model";
  }

  /**
   * Checks what was read as a whole.
   *
   * @throws InvalidModelException naming the file
   */
  Model build(Model.Builder builder) throws InvalidModelException {
    try {
      return builder.build();
    } catch (InvalidModelException e) {
      throw new InvalidModelException(file + ": " + e.getMessage(), e);
    }
  }
}
