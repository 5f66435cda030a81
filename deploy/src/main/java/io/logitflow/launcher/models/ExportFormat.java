package io.logitflow.launcher.models;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Formats that a model can be written in, as the command line names them. */
enum ExportFormat {
  safetensors {
    @Override
    List<Path> files(Path file) {
      return List.of(file, SafetensorsFormat.description(file));
    }

    @Override
    void write(Model model, Path file) throws IOException, InvalidModelException {
      SafetensorsFormat.write(model, file);
    }
  },

  avro {
    @Override
    List<Path> files(Path file) {
      return List.of(file);
    }

    @Override
    void write(Model model, Path file) throws IOException {
      ModelContainer.write(model, file);
    }
  };

  /** What is written: the file, and what belongs beside it. */
  abstract List<Path> files(Path file);

  /** Writes a model, replacing the files. */
  abstract void write(Model model, Path file) throws IOException, InvalidModelException;
}
