package io.logitflow.launcher.models;

import io.logitflow.classifier.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that name what a model file numbers: classes and features. */
final class NamesOptions {

  @Option(
      names = "--classes",
      paramLabel = "FILE|A,B,C",
      description = "Names of the classes in their order: a file with one a line, or a list.")
  private String classes;

  @Option(
      names = "--feature-names",
      paramLabel = "FILE",
      description = "Names of the features in their order: a file with one a line.")
  private Path featureNames;

  boolean areGiven() {
    return classes != null || featureNames != null;
  }

  /** Gives a model the names that were given. */
  void addTo(Model.Builder builder) throws IOException {
    if (classes != null) {
      builder.classNames(classNames());
    }
    if (featureNames != null) {
      builder.featureNames(TextFiles.lines(featureNames));
    }
  }

  private List<String> classNames() throws IOException {
    boolean list = classes.contains(",") && !Files.exists(Path.of(classes));
    return list ? Arrays.asList(classes.split(",", -1)) : TextFiles.lines(Path.of(classes));
  }
}
