package io.logitflow.generator;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.generator.drift.Drift;
import io.logitflow.generator.drift.DriftPlan;
import io.logitflow.generator.encoding.WireFormat;
import io.logitflow.generator.schedule.LabelDelay;
import io.logitflow.generator.schedule.LoadRate;
import io.logitflow.generator.sink.KafkaTarget;
import io.logitflow.generator.sink.Partitioning;
import io.logitflow.generator.sink.TopicTarget;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to send, when and where. Immutable; made by {@link #builder()}.
 *
 * @param kafka where to
 * @param dataset what
 * @param split which part of it
 * @param rate how fast
 * @param limit feature records after which it ends
 * @param duration time after which no further feature record is due
 * @param passes how often the split is sent
 * @param shuffle whether every pass has its own seeded order instead of the file's
 * @param seed of everything random
 * @param eventTime what the event time is
 * @param labelDelay how long after the features a label is known
 * @param pendingLabels what becomes of labels that are not known at the end
 * @param pendingLabelsWait how long {@link PendingLabelPolicy#WAIT} waits
 * @param maxPendingLabels labels that wait at most, of about 150 bytes each; beyond that the
 *     earliest is sent early
 * @param labelFormat how a label names its class
 * @param drifts how the stream departs from the data
 * @param wireFormat what stands before the Avro bytes
 * @param registry schema registry, for the Confluent format
 */
public record LoadConfig(
    KafkaTarget kafka,
    Dataset dataset,
    Split split,
    LoadRate rate,
    long limit,
    Duration duration,
    long passes,
    boolean shuffle,
    long seed,
    EventTime eventTime,
    LabelDelay labelDelay,
    PendingLabelPolicy pendingLabels,
    Duration pendingLabelsWait,
    int maxPendingLabels,
    LabelFormat labelFormat,
    List<Drift> drifts,
    WireFormat wireFormat,
    Optional<URI> registry) {

  /** No limit, no end. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** What is wrong with the Confluent format without a registry. */
  static final String NO_REGISTRY =
      "the wire format confluent needs the address of a schema registry (--registry-url)";

  /** Longer than any run. */
  static final Duration ENDLESS = Duration.ofNanos(FOREVER);

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if values do not fit together; one problem on each line
   */
  public LoadConfig {
    drifts = List.copyOf(drifts);
    List<String> problems = new ArrayList<>();
    if (limit < 0 || passes < 1) {
      problems.add("limit " + limit + " and passes " + passes + ", expected at least 0 and 1");
    }
    if (maxPendingLabels < 1) {
      problems.add("at most " + maxPendingLabels + " pending labels, expected at least 1");
    }
    if (wireFormat == WireFormat.CONFLUENT && registry.isEmpty()) {
      problems.add(NO_REGISTRY);
    }
    try {
      Rows rows = dataset.rows(split);
      if (eventTime == EventTime.DATA && !rows.hasTimes()) {
        problems.add(
            dataset.name()
                + " has no times of its own for the event time; only flights and CSV files with a"
                + " time column have");
      }
      DriftPlan unused = new DriftPlan(drifts, dataset, rows, seed);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** Starts a configuration with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a configuration; whatever is not set has its default. */
  public static final class Builder {
    private String bootstrapServers = "localhost:9092";
    private final Map<String, String> producer = new LinkedHashMap<>();
    private String featuresTopic = "features";
    private Optional<String> labelsTopic = Optional.of("labels");
    private Partitioning partitioning = new Partitioning.ByKey();
    private Partitioning labelPartitioning = new Partitioning.ByKey();
    private OptionalInt createPartitions = OptionalInt.empty();
    private Dataset dataset;
    private Optional<Split> split = Optional.empty();
    private LoadRate rate = LoadRate.UNLIMITED;
    private long limit = FOREVER;
    private Duration duration = ENDLESS;
    private long passes;
    private boolean shuffle;
    private long seed;
    private EventTime eventTime = EventTime.SCHEDULE;
    private LabelDelay labelDelay = LabelDelay.none();
    private PendingLabelPolicy pendingLabels = PendingLabelPolicy.WAIT;
    private Duration pendingLabelsWait = Duration.ofSeconds(30);
    private int maxPendingLabels = 2_000_000;
    private LabelFormat labelFormat = LabelFormat.INDEX;
    private final List<Drift> drifts = new ArrayList<>();
    private WireFormat wireFormat = WireFormat.SINGLE_OBJECT;
    private Optional<URI> registry = Optional.empty();

    private Builder() {}

    /** Address of the brokers; by default {@code localhost:9092}. */
    public Builder bootstrapServers(String servers) {
      bootstrapServers = servers;
      return this;
    }

    /** An option of the Kafka producer. */
    public Builder producer(String key, String value) {
      producer.put(key, value);
      return this;
    }

    /** Topic of the features; by default {@code features}. */
    public Builder featuresTopic(String topic) {
      featuresTopic = topic;
      return this;
    }

    /** Topic of the labels; by default {@code labels}. */
    public Builder labelsTopic(String topic) {
      labelsTopic = Optional.of(topic);
      return this;
    }

    /** Sends no labels. */
    public Builder withoutLabels() {
      labelsTopic = Optional.empty();
      return this;
    }

    /** Partitions of the features; by default by key. */
    public Builder partitioning(Partitioning of) {
      partitioning = of;
      return this;
    }

    /** Partitions of the labels; by default by key. */
    public Builder labelPartitioning(Partitioning of) {
      labelPartitioning = of;
      return this;
    }

    /** Creates missing topics with this many partitions; by default a missing topic is an error. */
    public Builder createTopics(int partitions) {
      createPartitions = OptionalInt.of(partitions);
      return this;
    }

    /** What to send; required. */
    public Builder dataset(Dataset what) {
      dataset = what;
      return this;
    }

    /** Part of the data set; by default the data set's own choice. */
    public Builder split(Split part) {
      split = Optional.of(part);
      return this;
    }

    /** How fast; by default as fast as possible. */
    public Builder rate(LoadRate howFast) {
      rate = howFast;
      return this;
    }

    /** A steady rate. */
    public Builder rate(double perSecond) {
      return rate(LoadRate.of(perSecond));
    }

    /** Feature records after which it ends; by default none. */
    public Builder limit(long records) {
      limit = records;
      return this;
    }

    /** Time after which no further feature record is due; by default none. */
    public Builder duration(Duration time) {
      duration = time;
      return this;
    }

    /**
     * How often the split is sent, or {@link #FOREVER}; by default once, or as often as a limit or
     * a duration takes.
     */
    public Builder passes(long times) {
      passes = times;
      return this;
    }

    /** Gives every pass a seeded order of its own; by default the file's. */
    public Builder shuffle(boolean on) {
      shuffle = on;
      return this;
    }

    /** Seed of everything random; by default 0. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** What the event time is; by default when the record is due. */
    public Builder eventTime(EventTime of) {
      eventTime = of;
      return this;
    }

    /** How long after the features a label is known; by default at once. */
    public Builder labelDelay(LabelDelay delay) {
      labelDelay = delay;
      return this;
    }

    /** What becomes of labels that are not known at the end; by default they are waited for. */
    public Builder pendingLabels(PendingLabelPolicy what) {
      pendingLabels = what;
      return this;
    }

    /** How long to wait for labels at the end; by default 30 s. */
    public Builder pendingLabelsWait(Duration atMost) {
      pendingLabelsWait = atMost;
      return this;
    }

    /** Labels that wait at most; by default 2,000,000. */
    public Builder maxPendingLabels(int atMost) {
      maxPendingLabels = atMost;
      return this;
    }

    /** How a label names its class; by default its index. */
    public Builder labelFormat(LabelFormat format) {
      labelFormat = format;
      return this;
    }

    /** Adds a drift. */
    public Builder drift(Drift drift) {
      drifts.add(drift);
      return this;
    }

    /** What stands before the Avro bytes; by default single-object encoding. */
    public Builder wireFormat(WireFormat format) {
      wireFormat = format;
      return this;
    }

    /** Address of the schema registry, for the Confluent format. */
    public Builder registry(URI address) {
      registry = Optional.of(address);
      return this;
    }

    /**
     * Builds.
     *
     * @throws IllegalArgumentException if values do not fit together; one problem on each line
     */
    public LoadConfig build() {
      if (dataset == null) {
        throw new IllegalArgumentException("a data set is required");
      }
      boolean endsOtherwise = limit != FOREVER || !duration.equals(ENDLESS);
      long defaultPasses = endsOtherwise ? FOREVER : 1;
      return new LoadConfig(
          new KafkaTarget(
              bootstrapServers,
              producer,
              new TopicTarget(featuresTopic, partitioning),
              labelsTopic.map(topic -> new TopicTarget(topic, labelPartitioning)),
              createPartitions),
          dataset,
          split.orElse(dataset.defaultSplit()),
          rate,
          limit,
          duration,
          passes == 0 ? defaultPasses : passes,
          shuffle,
          seed,
          eventTime,
          labelDelay,
          pendingLabels,
          pendingLabelsWait,
          maxPendingLabels,
          labelFormat,
          drifts,
          wireFormat,
          registry);
    }
  }
}
