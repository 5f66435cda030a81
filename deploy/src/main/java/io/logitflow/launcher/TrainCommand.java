package io.logitflow.launcher;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.TrainingConfig;
import io.logitflow.job.TrainingJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;

/** The command {@code logitflow train}. */
@Command(
    name = "train",
    description = {
      "Trains a model with the features and labels on your topics, once or again and again.",
      "Once with what they hold: --bounded, --to. Otherwise as labels come and when a drift alarm",
      "sounds.",
      "What is worth a trial is published as a version and becomes the challenger."
    },
    customSynopsis = {
      "logitflow train [--jobmanager HOST:PORT]",
      "                       --bootstrap-servers HOST:PORT --model NAME",
      "                       [--from WHEN] [--to WHEN | --bounded] [--OPTION VALUE]..."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --to or --bounded the job ends with its training, and says what came of it. Otherwise"
          + " it",
      "runs until Ctrl-C. On a cluster it goes on when this command has ended.",
      "",
      "    logitflow train --bootstrap-servers HOST:PORT --model NAME --from 7d --bounded",
      "    logitflow train --bootstrap-servers HOST:PORT --model NAME --hidden-layers 128,64"
    })
final class TrainCommand extends JobCommand<TrainingConfig> {

  TrainCommand() {
    super(JobOptions.TRAINING);
  }

  @Override
  TrainingConfig read(Configuration options) throws ConfigurationException {
    return TrainingConfig.from(options);
  }

  @Override
  TrainingConfig configure(Configuration options) throws ConfigurationException {
    return TrainingJob.configure(options);
  }

  @Override
  void wire(StreamExecutionEnvironment env, TrainingConfig config) {
    TrainingJob.wire(env, config);
  }

  @Override
  String name(TrainingConfig config) {
    return TrainingJob.name(config);
  }

  @Override
  String activity(TrainingConfig config) {
    return "Learning from %s and %s from %s for model %s"
        .formatted(
            config.topics().features(),
            config.topics().labels(),
            config.kafka().bootstrapServers(),
            config.model());
  }

  @Override
  void report(TrainingConfig config, Instant start, PrintWriter out) throws IOException {
    if (config.reading().range().bounded()) {
      TrainingText.lines(TrainingDecisions.last(config, start, out)).forEach(out::println);
      out.flush();
    }
  }
}
