package io.logitflow.launcher.models;

import io.logitflow.classifier.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The options that name what a model file numbers: classes and features. */
final class NamesOptions {

  @Option(
      names = "--classes",
      paramLabel = "FILE|A,B,C|N",
      description =
          "Names of the classes in their order: a file with one a line, or a list; or how many"
              + " there are.")
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
    if (classes.matches("[1-9]\\d{0,6}") && !Files.exists(Path.of(classes))) {
      return IntStream.range(0, Integer.parseInt(classes)).mapToObj(String::valueOf).toList();
    }
    boolean list = classes.contains(",") && !Files.exists(Path.of(classes));
    return list ? Arrays.asList(classes.split(",", -1)) : TextFiles.lines(Path.of(classes));
  }
}
