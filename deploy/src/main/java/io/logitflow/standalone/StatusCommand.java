package io.logitflow.standalone;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code logitflow cluster status}. */
@Command(
    name = "status",
    description = "Shows the processes and the jobs of the cluster; fails if a process is missing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private DirectoryOption directory;

  @Spec private CommandSpec spec;

  @Override
  @SuppressWarnings("resource") // It goes on running.
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    StandaloneCluster cluster = directory.open();
    boolean complete = !cluster.members().isEmpty();
    for (StandaloneCluster.Member member : cluster.members()) {
      complete &= member.pid().isPresent();
      out.printf(
          "%-14s %s%n",
          member.name(), member.pid().map(pid -> "runs, pid " + pid).orElse("has ended"));
    }
    if (cluster.running().isEmpty()) {
      out.printf("No process runs in %s.%n", cluster.directory());
      return CommandLine.ExitCode.SOFTWARE;
    }
    int registered = cluster.registeredTaskManagers();
    out.printf(
        "%d TaskManagers with %d slots have registered; web UI %s%n",
        registered, registered * cluster.slots(), cluster.rest().root());
    for (JobSubmission.Job job : cluster.jobs().jobs()) {
      out.printf("job %s  %-9s  %s%n", job.id(), job.status(), job.name());
    }
    return complete ? 0 : CommandLine.ExitCode.SOFTWARE;
  }
}
