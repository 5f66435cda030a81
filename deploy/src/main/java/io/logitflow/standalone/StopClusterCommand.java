package io.logitflow.standalone;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code logitflow cluster stop}. */
@Command(
    name = "stop",
    description =
        "Stops the cluster; jobs that still run are lost, checkpoints and savepoints stay.",
    mixinStandardHelpOptions = true)
final class StopClusterCommand implements Callable<Integer> {

  @Mixin private DirectoryOption directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (StandaloneCluster cluster = directory.open()) {
      int running = cluster.running().size();
      cluster.stop();
      spec.commandLine()
          .getOut()
          .println(running == 0 ? "No process ran." : "Stopped " + running + " processes.");
    }
    return 0;
  }
}
