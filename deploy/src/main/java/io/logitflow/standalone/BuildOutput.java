package io.logitflow.standalone;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the build leaves for a cluster, found from where this class was loaded: {@code
 * deploy/target}.
 *
 * @param deployTarget the build folder of the deploy module
 */
public record BuildOutput(Path deployTarget) {

  /** The build that this class is from. */
  public static BuildOutput ofThisClass() throws IOException {
    try {
      Path code =
          Path.of(BuildOutput.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new BuildOutput(code.toAbsolutePath().getParent());
    } catch (URISyntaxException e) {
      throw new IOException("the place of the program is no file", e);
    }
  }

  /** Folder of the jars on every cluster's class path. */
  public Path flinkLibrary() {
    return deployTarget.resolve("flink-lib");
  }

  /**
   * Folders of the jars on a cluster's class path: Flink's, and the engines of TorchScript and ONNX
   * files once they have been asked for.
   */
  public List<Path> libraries() {
    Path backends = deployTarget.resolve("../../backends/target/lib").normalize();
    return Files.isDirectory(backends)
        ? List.of(flinkLibrary(), backends)
        : List.of(flinkLibrary());
  }

  /**
   * The jar with the jobs and all that they need beside Flink.
   *
   * @throws IOException unless there is exactly one
   */
  public Path jobJar() throws IOException {
    Path folder = deployTarget.resolve("../../job/target").normalize();
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, "logitflow-job-*-cluster.jar")) {
        found.forEach(jars::add);
      }
    }
    if (jars.size() != 1) {
      throw new IOException(
          "expected one logitflow-job-*-cluster.jar in %s, found %d: build it, or name it with --jar"
              .formatted(folder, jars.size()));
    }
    return jars.get(0);
  }
}
