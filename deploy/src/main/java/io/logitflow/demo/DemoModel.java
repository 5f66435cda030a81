package io.logitflow.demo;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.format.SafetensorsFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/** The models that the demo ships. */
final class DemoModel {
  private static final String FOLDER = "models/";

  private DemoModel() {}

  /**
   * Reads a model.
   *
   * @param scratch directory for a copy: weights are read from files
   */
  static Model of(DemoDataset dataset, DemoConfig.Trainer trainer, Path scratch)
      throws IOException, InvalidModelException {
    String file = dataset.model() + "-" + trainer.name().toLowerCase(Locale.ROOT) + ".safetensors";
    Path copy = scratch.resolve(file);
    Files.write(copy, resource(file));
    List<String> classNames =
        new String(resource(dataset.model() + "-classes.txt"), StandardCharsets.UTF_8)
            .lines()
            .toList();
    return SafetensorsFormat.read(copy)
        .name(dataset.model())
        .createdAt(Instant.ofEpochMilli(System.currentTimeMillis()))
        .classNames(classNames)
        .build();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DemoModel.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new NoSuchElementException("resource " + FOLDER + name);
      }
      return in.readAllBytes();
    }
  }
}
