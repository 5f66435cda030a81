package io.logitflow.standalone;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the directory of a cluster. */
final class DirectoryOption {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "${sys:user.home}/.logitflow/cluster",
      description =
          "Directory of the cluster, with its logs and checkpoints; default ${DEFAULT-VALUE}.")
  private Path directory;

  Path directory() {
    return directory;
  }

  /** The cluster that was started there. */
  StandaloneCluster open() throws IOException {
    return StandaloneCluster.open(directory);
  }
}
