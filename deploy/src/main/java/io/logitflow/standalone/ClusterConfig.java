package io.logitflow.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a standalone cluster is made of.
 *
 * @param directory where its configuration, logs, pid files, checkpoints and savepoints go; made if
 *     missing
 * @param libraries folders of the jars on its class path, in this order
 * @param taskManagers number of TaskManagers, at least 1
 * @param slots slots of each TaskManager, at least 1
 * @param restPort port of web UI and REST API; 0 for one that is free
 * @param settings Flink settings above those of {@link ClusterSettings}, by their Flink names
 */
public record ClusterConfig(
    Path directory,
    List<Path> libraries,
    int taskManagers,
    int slots,
    int restPort,
    Map<String, String> settings) {

  public ClusterConfig {
    if (taskManagers < 1 || slots < 1 || restPort < 0 || restPort > 65_535) {
      throw new IllegalArgumentException(
          "taskManagers %d, slots %d, restPort %d: expected at least 1, at least 1, 0 to 65535"
              .formatted(taskManagers, slots, restPort));
    }
    directory = directory.toAbsolutePath().normalize();
    libraries = libraries.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    settings = Map.copyOf(settings);
  }
}
