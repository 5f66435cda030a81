package io.logitflow.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a standalone cluster keeps its files.
 *
 * @param root the directory of the cluster
 */
record ClusterDirectory(Path root) {

  void create() throws IOException {
    for (Path directory : new Path[] {conf(), log(), run(), checkpoints(), savepoints(), tmp()}) {
      Files.createDirectories(directory);
    }
  }

  Path conf() {
    return root.resolve("conf");
  }

  Path flinkConfig() {
    return conf().resolve("config.yaml");
  }

  Path log4jConfig() {
    return conf().resolve("log4j.properties");
  }

  Path log() {
    return root.resolve("log");
  }

  /** Pid files. */
  Path run() {
    return root.resolve("run");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path savepoints() {
    return root.resolve("savepoints");
  }

  Path tmp() {
    return root.resolve("tmp");
  }
}
