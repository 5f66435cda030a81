package io.logitflow.launcher.models;

import picocli.CommandLine.Option;

/** The option that names a model. */
final class ModelOption {

  @Option(names = "--model", paramLabel = "NAME", required = true, description = "The model.")
  private String name;

  String name() {
    return name;
  }
}
