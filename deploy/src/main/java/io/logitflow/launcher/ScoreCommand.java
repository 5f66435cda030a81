package io.logitflow.launcher;

import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.console.LogOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code logitflow score}. */
@Command(
    name = "score",
    description = "Runs the scoring job against your broker, on a Flink cluster in this process.",
    customSynopsis =
        "logitflow score --bootstrap-servers HOST:PORT --model NAME [--OPTION VALUE]...",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Every option of docs/configuration.md can be given; --config FILE reads them from a file.",
      "The job runs until Ctrl-C, or with --bounded until it has scored what the topic holds."
    })
final class ScoreCommand implements Callable<Integer> {

  @Unmatched private List<String> jobArguments = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigurationException, IOException, InterruptedException {
    LogOutput.toConsole();
    ScoringConfig config = ScoringConfig.from(Arguments.parse(jobArguments.toArray(String[]::new)));
    return new LocalScoring(config, spec.commandLine().getOut()).run();
  }
}
