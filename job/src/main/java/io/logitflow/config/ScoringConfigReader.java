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
            features(),
            reader.value(RecordOptions.PREDICTION_WIRE_FORMAT),
            reader.registry(),
            microBatch(),
            reader.value(ModelOptions.KERNEL),
            reader.value(ModelOptions.DEVICE),
            reader.delivery(model, topics.features()),
            reader.reading());
    check(config);
    reader.report(config, brokerCheck);
    return config;
  }

  private FeatureFormat features() {
    return new FeatureFormat(
        reader.value(RecordOptions.WIRE_FORMAT),
        reader
            .read(RecordOptions.FEATURES_SCHEMA)
            .map(files -> SchemaFiles.read(files, reader.problems()))
            .orElse(List.of()),
        reader.value(RecordOptions.ID_FIELD),
        reader.value(RecordOptions.TIME_FIELD),
        reader.value(RecordOptions.SEGMENT_FIELD),
        reader.value(RecordOptions.FEATURES_FIELD),
        reader.value(RecordOptions.INDICES_FIELD),
        reader.bytes(RecordOptions.MAX_RECORD_BYTES));
  }

  private MicroBatchConfig microBatch() {
    return new MicroBatchConfig(
        reader.value(MicroBatchOptions.SIZE),
        reader.value(MicroBatchOptions.DELAY),
        reader.value(MicroBatchOptions.FLUSH_WHEN_IDLE));
  }

  private void check(ScoringConfig config) {
    FeatureFormat features = config.features();
    JobConfigChecks checks = new JobConfigChecks(config, reader.problems());
    checks.registry(RecordOptions.WIRE_FORMAT, features.wireFormat());
    checks.registry(RecordOptions.PREDICTION_WIRE_FORMAT, config.predictionFormat());
    schemas(features.wireFormat(), features.schemas().size());
    checks.delivery();
  }

  private void schemas(WireFormat format, int schemas) {
    if (format == WireFormat.BARE && schemas > 1) {
      reader
          .problems()
          .refused(
              RecordOptions.FEATURES_SCHEMA.key(), schemas + " schemas", "expected one with bare");
    }
    if (format == WireFormat.CONFLUENT && schemas > 0) {
      reader
          .problems()
          .refused(
              RecordOptions.FEATURES_SCHEMA.key(),
              schemas + " schemas",
              "expected none with confluent, which takes schemas from the registry");
    }
  }
}
