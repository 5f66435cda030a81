package io.logitflow.config;

import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/** Reads {@link ScoringConfig}. */
final class ScoringConfigReader {

  private final JobConfigReader reader;

  ScoringConfigReader(Configuration configuration) {
    this.reader = new JobConfigReader(configuration, JobOptions.SCORING);
  }

  ScoringConfig read(Function<ScoringConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    String model = reader.model();
    TopicNames topics = reader.topics();
    ScoringConfig config =
        new ScoringConfig(
            reader.kafka(model),
            topics,
            model,
            reader.features(),
            reader.value(RecordOptions.PREDICTION_WIRE_FORMAT),
            reader.registry(),
            reader.microBatch(),
            reader.value(ModelOptions.KERNEL),
            reader.value(ModelOptions.DEVICE),
            reader.value(ModelOptions.SHADOW_PREVIOUS),
            reader.delivery(model, topics.features()),
            reader.reading());
    check(config);
    reader.report(config, brokerCheck);
    return config;
  }

  private void check(ScoringConfig config) {
    JobConfigChecks checks = new JobConfigChecks(config, reader.problems());
    checks.registry(RecordOptions.WIRE_FORMAT, config.features().wireFormat());
    checks.registry(RecordOptions.PREDICTION_WIRE_FORMAT, config.predictionFormat());
    checks.schemas(config.features());
    checks.delivery();
  }
}
