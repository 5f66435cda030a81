package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.IOException;
import java.nio.file.Path;

/** Files that hold a model. */
final class ModelFile {

  private ModelFile() {}

  /** Formats of files, by the ends of their names. */
  enum Format {
    safetensors,
    avro
  }

  /**
   * The format that the name of a file tells.
   *
   * @throws IOException if it tells none
   */
  static Format formatOf(Path file) throws IOException {
    String name = file.getFileName().toString();
    for (Format format : Format.values()) {
      if (name.endsWith("." + format)) {
        return format;
      }
    }
    throw new IOException(
        "%s: the name of a model file ends in .safetensors or .avro".formatted(file));
  }

  static void write(Model model, Format format, Path file)
      throws IOException, InvalidModelException {
    switch (format) {
      case safetensors -> SafetensorsFormat.write(model, file);
      case avro -> ModelContainer.write(model, file);
    }
  }
}
