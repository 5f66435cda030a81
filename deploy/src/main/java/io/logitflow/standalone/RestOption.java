package io.logitflow.standalone;

import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a cluster to work on: this machine's, or any session cluster. */
final class RestOption {

  @Mixin private DirectoryOption directory;

  @Option(
      names = "--rest",
      paramLabel = "URL",
      description = "REST API of another session cluster, for instance http://flink:8081.")
  private URI rest;

  JobSubmission jobs() throws IOException {
    return new JobSubmission(rest());
  }

  /** The REST API of the cluster. */
  @SuppressWarnings("resource") // It goes on running.
  FlinkRest rest() throws IOException {
    return rest == null ? directory.open().rest() : new FlinkRest(rest);
  }
}
