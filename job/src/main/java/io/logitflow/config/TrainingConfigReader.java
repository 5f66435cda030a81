package io.logitflow.config;

import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/** Reads {@link TrainingConfig}. */
final class TrainingConfigReader {

  private final JobConfigReader reader;

  TrainingConfigReader(Configuration configuration) {
    this.reader = new JobConfigReader(configuration, JobOptions.TRAINING);
  }

  TrainingConfig read(Function<TrainingConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    String model = reader.model();
    TopicNames topics = reader.topics();
    TrainingConfig config =
        new TrainingConfig(
            reader.kafka(model),
            topics,
            model,
            reader.read(TrainerOptions.CLASSES).map(ClassNameList::parse).orElse(List.of()),
            reader.features(),
            reader.value(RecordOptions.LABELS_WIRE_FORMAT),
            reader.registry(),
            reader.value(FeedbackOptions.MATURITY),
            triggers(),
            sample(),
            new TrainerConfigReader(reader).read(),
            publishing(),
            reader.value(FeedbackOptions.STATE_BACKEND),
            reader.delivery(model, topics.labels()),
            reading());
    check(config);
    reader.report(config, brokerCheck);
    return config;
  }

  private TriggerConfig triggers() {
    return new TriggerConfig(
        reader.value(TriggerOptions.TRAIN_INTERVAL),
        reader.value(TriggerOptions.TRAIN_LABELS),
        reader.value(TriggerOptions.TRAIN_ON_DRIFT_ALARM),
        reader.value(TriggerOptions.TRAIN_COOL_DOWN),
        reader.value(TriggerOptions.TRAIN_MIN_ROWS));
  }

  private SampleConfig sample() {
    return new SampleConfig(
        reader.value(SampleOptions.SAMPLE_SIZE),
        reader.value(SampleOptions.RECENT_SIZE),
        reader.value(SampleOptions.CLASS_FLOOR),
        reader.value(SampleOptions.SAMPLE_MEMORY).getBytes(),
        reader.value(SampleOptions.SAMPLE_HOLDOUT));
  }

  private PublishingConfig publishing() {
    return new PublishingConfig(
        reader.value(PublishingOptions.PUBLISH),
        reader.value(PublishingOptions.PUBLISH_MARGIN),
        reader.value(PublishingOptions.REPLACE_CHALLENGER),
        reader.value(PublishingOptions.PROMOTE));
  }

  /**
   * A bounded run trains with what the topics hold, so it begins at their beginning unless it is
   * told otherwise: committed offsets are those of other runs.
   */
  private ReadingConfig reading() {
    ReadingConfig reading = reader.reading();
    if (!reading.range().bounded() || reader.isSet(ReadingOptions.FROM)) {
      return reading;
    }
    return new ReadingConfig(
        new ReadingRange(new StartingPoint.Earliest(), reading.range().to()),
        reading.maxOutOfOrderness(),
        reading.idleness(),
        reading.parallelism());
  }

  private void check(TrainingConfig config) {
    JobConfigChecks checks = new JobConfigChecks(config, reader.problems());
    checks.registry(RecordOptions.WIRE_FORMAT, config.features().wireFormat());
    checks.registry(RecordOptions.LABELS_WIRE_FORMAT, config.labelFormat());
    checks.schemas(config.features());
    coolDown(config);
    checks.delivery();
  }

  private void coolDown(TrainingConfig config) {
    if (!config.reading().range().bounded()
        && config.triggers().coolDown().compareTo(config.maturity()) < 0) {
      reader
          .problems()
          .refused(
              TriggerOptions.TRAIN_COOL_DOWN.key(),
              TimeUtils.formatWithHighestUnit(config.triggers().coolDown()),
              "expected at least maturity ("
                  + TimeUtils.formatWithHighestUnit(config.maturity())
                  + ")");
    }
  }
}
