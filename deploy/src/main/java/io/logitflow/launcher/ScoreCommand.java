package io.logitflow.launcher;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.job.ScoringJob;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;

/** The command {@code logitflow score}. */
@Command(
    name = "score",
    description = "Runs the scoring job against your broker: in this process, or on your cluster.",
    customSynopsis = {
      "logitflow score [--jobmanager HOST:PORT]",
      "                       --bootstrap-servers HOST:PORT --model NAME",
      "                       [--OPTION VALUE]..."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The job runs until Ctrl-C, or with --bounded until it has scored what the topic holds.",
      "On a cluster it goes on when this command has ended; `logitflow cluster` looks after it."
    })
final class ScoreCommand extends JobCommand<ScoringConfig> {

  ScoreCommand() {
    super(JobOptions.SCORING);
  }

  @Override
  ScoringConfig read(Configuration options) throws ConfigurationException {
    return ScoringConfig.from(options);
  }

  @Override
  ScoringConfig configure(Configuration options) throws ConfigurationException {
    return ScoringJob.configure(options);
  }

  @Override
  void wire(StreamExecutionEnvironment env, ScoringConfig config) {
    ScoringJob.wire(env, config);
  }

  @Override
  String name(ScoringConfig config) {
    return ScoringJob.name(config);
  }

  @Override
  String activity(ScoringConfig config) {
    return "Scoring %s from %s with model %s"
        .formatted(config.topics().features(), config.kafka().bootstrapServers(), config.model());
  }
}
