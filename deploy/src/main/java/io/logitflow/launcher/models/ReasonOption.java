package io.logitflow.launcher.models;

import picocli.CommandLine.Option;

/** The option that tells why an alias is moved. */
final class ReasonOption {

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, kept with the change.")
  private String reason;

  String reason() {
    return reason;
  }
}
