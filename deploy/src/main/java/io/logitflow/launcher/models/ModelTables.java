package io.logitflow.launcher.models;

import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The numbers of a linear classifier as CSV files, for tables and notebooks. */
final class ModelTables {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final Model model;
  private final LinearView view;
  private final FeatureNames names;

  ModelTables(Model model, LinearView view, FeatureNames names) {
    this.model = model;
    this.view = view;
    this.names = names;
  }

  /** Writes a row for each class with its bias, the norm of its weights, and its weights. */
  Path writeWeights(Path directory) throws IOException {
    return write(directory.resolve("weights.csv"), view::weights);
  }

  /** Writes a row for each class like {@link #writeWeights}, with its template. */
  Path writeTemplates(Path directory) throws IOException {
    return write(directory.resolve("templates.csv"), view::template);
  }

  /** Makes the row of a class. */
  @FunctionalInterface
  private interface Values {
    double[] of(int k);
  }

  private Path write(Path file, Values values) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), FORMAT)) {
      List<String> head = new ArrayList<>(List.of("class", "bias", "norm"));
      for (int i = 0; i < view.featureCount(); i++) {
        head.add(names.of(i));
      }
      csv.printRecord(head);
      for (int k = 0; k < view.classCount(); k++) {
        csv.print(model.classNames().get(k));
        csv.print(view.bias(k));
        csv.print(view.norm(k));
        for (double value : values.of(k)) {
          csv.print(value);
        }
        csv.println();
      }
    }
    return file;
  }
}
