package io.logitflow.launcher;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.job.FeedbackJob;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;

/** The command {@code logitflow feedback}. */
@Command(
    name = "feedback",
    description = {
      "Runs the feedback job against your broker: in this process, or on your cluster.",
      "It joins labels with predictions, measures their calibration and repairs it."
    },
    customSynopsis = {
      "logitflow feedback [--jobmanager HOST:PORT]",
      "                          --bootstrap-servers HOST:PORT --model NAME",
      "                          [--OPTION VALUE]..."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The job runs until Ctrl-C, or with --bounded until it has read what the topics hold.",
      "On a cluster it goes on when this command has ended; `logitflow cluster` looks after it."
    })
final class FeedbackCommand extends JobCommand<FeedbackConfig> {

  FeedbackCommand() {
    super(JobOptions.FEEDBACK);
  }

  @Override
  FeedbackConfig read(Configuration options) throws ConfigurationException {
    return FeedbackConfig.from(options);
  }

  @Override
  FeedbackConfig configure(Configuration options) throws ConfigurationException {
    return FeedbackJob.configure(options);
  }

  @Override
  void wire(StreamExecutionEnvironment env, FeedbackConfig config) {
    FeedbackJob.wire(env, config);
  }

  @Override
  String name(FeedbackConfig config) {
    return FeedbackJob.name(config);
  }

  @Override
  String activity(FeedbackConfig config) {
    return "Joining %s and %s from %s for model %s"
        .formatted(
            config.topics().predictions(),
            config.topics().labels(),
            config.kafka().bootstrapServers(),
            config.model());
  }
}
