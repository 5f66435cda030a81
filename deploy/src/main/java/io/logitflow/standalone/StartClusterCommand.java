package io.logitflow.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code logitflow cluster start}. */
@Command(
    name = "start",
    description = "Starts a JobManager and TaskManagers, which run until they are stopped.",
    mixinStandardHelpOptions = true,
    footer = {"", "For example: logitflow cluster start -D taskmanager.memory.process.size=4g"})
final class StartClusterCommand implements Callable<Integer> {

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Number of TaskManagers; default ${DEFAULT-VALUE}.")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "M",
      defaultValue = "1",
      description = "Slots of each TaskManager; default ${DEFAULT-VALUE}.")
  private int slots;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description =
          "Port of web UI and REST API, 0 for any that is free; default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A Flink setting, for instance taskmanager.memory.process.size=4g.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--lib",
      paramLabel = "DIR",
      description =
          "Folder of Flink's jars, or of more jars beside them; may be repeated. By default those"
              + " that the build has made, with `logitflow backends` among them.")
  private List<Path> libraries = List.of();

  @Mixin private DirectoryOption directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ClusterConfig config = config();
    out.printf("Starting Flink with %d TaskManagers in %s ...%n", taskManagers, config.directory());
    out.flush();
    @SuppressWarnings("resource") // It goes on running.
    StandaloneCluster cluster = StandaloneCluster.start(config);
    for (StandaloneCluster.Member member : cluster.members()) {
      out.printf("  %-14s pid %d%n", member.name(), member.pid().orElse(0L));
    }
    out.printf(
        "%d slots; web UI %s; `logitflow cluster stop` stops it.%n",
        taskManagers * slots, cluster.rest().root());
    return 0;
  }

  private ClusterConfig config() throws IOException {
    List<Path> lib = libraries.isEmpty() ? BuildOutput.ofThisClass().libraries() : libraries;
    try {
      return new ClusterConfig(directory.directory(), lib, taskManagers, slots, port, settings);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
