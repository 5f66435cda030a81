package io.logitflow.config;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/** Reads {@link ReplayConfig}. */
final class ReplayConfigReader {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private final JobConfigReader reader;

  ReplayConfigReader(Configuration configuration) {
    this.reader = new JobConfigReader(configuration, JobOptions.REPLAY);
  }

  ReplayConfig read(Function<ReplayConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    String model = reader.model();
    TopicNames topics = reader.topics();
    List<String> models =
        reader
            .read(ReplayOptions.MODELS)
            .map(list -> Arrays.stream(list.split(",", -1)).map(String::strip).toList())
            .orElse(List.of());
    Optional<TimelineSource> timeline = reader.read(ReplayOptions.TIMELINE);
    ReplayConfig config =
        new ReplayConfig(
            reader.kafka(model),
            topics,
            model,
            reader.read(ReplayOptions.MODE).orElseGet(() -> mode(models, timeline)),
            models,
            timeline.orElse(TimelineSource.PREDICTIONS),
            from(),
            reader.read(ReadingOptions.TO).map(EndPoint::parse).orElseGet(TopicPoint.Latest::new),
            reader
                .read(ReplayOptions.RUN_ID)
                .orElseGet(() -> "replay-" + model + "-" + TIME.format(Instant.now())),
            reader.value(ReplayOptions.MAX_DIFFERENCES),
            reader.features(),
            reader.value(RecordOptions.PREDICTION_WIRE_FORMAT),
            reader.value(RecordOptions.LABELS_WIRE_FORMAT),
            reader.registry(),
            reader.microBatch(),
            reader.value(ModelOptions.KERNEL),
            reader.value(ModelOptions.DEVICE),
            reader.value(FeedbackOptions.WINDOW),
            reader.value(FeedbackOptions.RETENTION),
            reader.value(FeedbackOptions.STATE_BACKEND),
            reader.delivery(model, topics.evaluations()),
            reading());
    check(config, timeline);
    reader.report(config, brokerCheck);
    return config;
  }

  private static ReplayMode mode(List<String> models, Optional<TimelineSource> timeline) {
    if (!models.isEmpty()) {
      return ReplayMode.WITH_MODELS;
    }
    return timeline.isPresent() ? ReplayMode.BY_TIMELINE : ReplayMode.AS_SERVED;
  }

  /** There is no consumer group that could have committed anything. */
  private StartingPoint from() {
    StartingPoint from = StartingPoint.parse(reader.value(ReadingOptions.FROM));
    return from instanceof StartingPoint.Committed ? new StartingPoint.Earliest() : from;
  }

  /** The bounds are resolved to offsets when the run starts, and nothing waits for a watermark. */
  private ReadingConfig reading() {
    return new ReadingConfig(
        new ReadingRange(new StartingPoint.Earliest(), Optional.of(new TopicPoint.Latest())),
        Duration.ZERO,
        Duration.ZERO,
        reader.read(ReadingOptions.PARALLELISM).map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  private void check(ReplayConfig config, Optional<TimelineSource> timeline) {
    JobConfigChecks checks = new JobConfigChecks(config, reader.problems());
    checks.registry(RecordOptions.WIRE_FORMAT, config.features().wireFormat());
    checks.registry(RecordOptions.PREDICTION_WIRE_FORMAT, config.predictionFormat());
    checks.registry(RecordOptions.LABELS_WIRE_FORMAT, config.labelFormat());
    checks.schemas(config.features());
    checks.delivery();
    models(config);
    if (timeline.isPresent() && config.mode() != ReplayMode.BY_TIMELINE) {
      reader
          .problems()
          .refused(
              ReplayOptions.TIMELINE.key(),
              timeline.get(),
              "expected none with mode = " + config.mode());
    }
    bounds(config);
  }

  private void models(ReplayConfig config) {
    boolean needed = config.mode() == ReplayMode.WITH_MODELS;
    if (needed && config.models().isEmpty()) {
      reader
          .problems()
          .missing(
              ReplayOptions.MODELS.key(),
              Accepted.modelReferences().text() + ", because of mode = " + config.mode());
    }
    if (!needed && !config.models().isEmpty()) {
      reader
          .problems()
          .refused(
              ReplayOptions.MODELS.key(),
              String.join(",", config.models()),
              "expected none with mode = " + config.mode());
    }
  }

  private void bounds(ReplayConfig config) {
    reader.checkOrder(new ReadingRange(config.from(), Optional.of(config.to())));
    if (config.from() instanceof TopicPoint.Latest) {
      reader
          .problems()
          .refused(
              ReadingOptions.FROM.key(), config.from(), "expected a point with records after it");
    }
  }
}
