package io.logitflow.launcher;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.console.LogOutput;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code logitflow score}. */
@Command(
    name = "score",
    description = "Runs the scoring job against your broker, on a Flink cluster in this process.",
    customSynopsis =
        "logitflow score --bootstrap-servers HOST:PORT --model NAME [--OPTION VALUE]...",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final Duration GLANCE = Duration.ofMillis(200);

  @Unmatched private List<String> jobArguments = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    LogOutput.toConsole();
    return 0;
  }
}
