package io.logitflow.config;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Reads what the configurations of jobs have in common.
 *
 * <p>Everything is read and compared before anything is reported. So what a refused option would
 * have said is replaced by its default, or else by an empty text, which only ever reach a
 * configuration that is thrown away.
 */
final class JobConfigReader {

  private final Configuration configuration;
  private final JobOptions job;
  private final Problems problems = new Problems();
  private final OptionReader options;

  JobConfigReader(Configuration configuration, JobOptions job) {
    this.configuration = configuration;
    this.job = job;
    this.options = new OptionReader(configuration, job.groups(), problems);
  }

  Problems problems() {
    return problems;
  }

  String model() {
    return options.read(ModelOptions.MODEL).orElse("");
  }

  TopicNames topics() {
    return new TopicNamesReader(options, problems).read();
  }

  KafkaConfig kafka(String model) {
    Map<String, String> consumerDefaults = new HashMap<>(KafkaOptions.CONSUMER_DEFAULTS);
    consumerDefaults.put(ConsumerConfig.GROUP_ID_CONFIG, nameOfJob(model));
    return new KafkaConfig(
        options.read(KafkaOptions.BOOTSTRAP_SERVERS).orElse(""),
        ClientProperties.consumer().read(configuration, consumerDefaults, problems),
        ClientProperties.producer().read(configuration, KafkaOptions.PRODUCER_DEFAULTS, problems));
  }

  Optional<URI> registry() {
    return options.read(RecordOptions.REGISTRY_URL).map(URI::create);
  }

  /**
   * The options of delivery.
   *
   * @param topic a topic that only one job of its kind and model reads, for its transactional ids
   */
  DeliveryConfig delivery(String model, String topic) {
    return new DeliveryConfig(
        value(DeliveryOptions.GUARANTEE),
        options
            .read(DeliveryOptions.TRANSACTIONAL_ID_PREFIX)
            .orElse(nameOfJob(model) + "-" + topic),
        value(DeliveryOptions.TRANSACTION_TIMEOUT),
        Optional.of(value(DeliveryOptions.CHECKPOINT_INTERVAL)).filter(d -> !d.isZero()),
        bytes(DeliveryOptions.DEAD_LETTER_MAX_BYTES));
  }

  /** The form of feature records, of jobs that read them. */
  FeatureFormat features() {
    return new FeatureFormat(
        value(RecordOptions.WIRE_FORMAT),
        read(RecordOptions.FEATURES_SCHEMA)
            .map(files -> SchemaFiles.read(files, problems))
            .orElse(List.of()),
        value(RecordOptions.ID_FIELD),
        value(RecordOptions.TIME_FIELD),
        value(RecordOptions.SEGMENT_FIELD),
        value(RecordOptions.FEATURES_FIELD),
        value(RecordOptions.INDICES_FIELD),
        bytes(RecordOptions.MAX_RECORD_BYTES));
  }

  ReadingConfig reading() {
    Optional<EndPoint> end =
        value(ReadingOptions.BOUNDED) ? Optional.of(new TopicPoint.Latest()) : Optional.empty();
    ReadingRange range =
        new ReadingRange(
            StartingPoint.parse(value(ReadingOptions.FROM)),
            options.read(ReadingOptions.TO).map(EndPoint::parse).or(() -> end));
    checkOrder(range);
    return new ReadingConfig(
        range,
        value(ReadingOptions.MAX_OUT_OF_ORDERNESS),
        value(ReadingOptions.IDLE_TIMEOUT),
        options.read(ReadingOptions.PARALLELISM).map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  /** The options of micro-batches. */
  MicroBatchConfig microBatch() {
    return new MicroBatchConfig(
        value(MicroBatchOptions.SIZE),
        value(MicroBatchOptions.DELAY),
        value(MicroBatchOptions.FLUSH_WHEN_IDLE));
  }

  /** Checks that a range does not end before it begins. */
  void checkOrder(ReadingRange range) {
    if (range.from() instanceof TopicPoint.Timestamp from
        && range.to().orElse(null) instanceof TopicPoint.Timestamp to
        && !from.time().isBefore(to.time())) {
      problems.refused(
          ReadingOptions.TO.key(), to, "expected a time after from (" + from.time() + ")");
    }
    if (range.from() instanceof TopicPoint.Ago from
        && range.to().orElse(null) instanceof TopicPoint.Ago to
        && from.age().compareTo(to.age()) <= 0) {
      problems.refused(
          ReadingOptions.TO.key(),
          to,
          "expected a shorter time before now than from (" + from + ")");
    }
  }

  /** Whether an option is set, to whatever. */
  boolean isSet(ConfigOption<?> option) {
    return configuration.containsKey(option.key());
  }

  /** The value of an option that may be left out. */
  <T> Optional<T> read(ConfigOption<T> option) {
    return options.read(option);
  }

  /** The value of an option that has a default. */
  <T> T value(ConfigOption<T> option) {
    return options.read(option).orElseGet(option::defaultValue);
  }

  int bytes(ConfigOption<MemorySize> option) {
    return Math.toIntExact(value(option).getBytes());
  }

  /** Reports every problem, the last to be found: options that the job lacks, and the broker's. */
  <C extends JobConfig> void report(C config, Function<C, List<Problem>> brokerCheck)
      throws ConfigurationException {
    unknownKeys();
    if (!problems.concern(JobConfigReader::isForReachingTopics)) {
      brokerCheck.apply(config).forEach(problems::addIfFirstOfItsKey);
    }
    problems.throwIfAny();
  }

  private static boolean isForReachingTopics(String key) {
    return key.equals(KafkaOptions.BOOTSTRAP_SERVERS.key())
        || key.equals(TopicOptions.PREFIX.key())
        || key.startsWith(KafkaOptions.CONSUMER_PREFIX);
  }

  private String nameOfJob(String model) {
    return "logitflow-" + job + "-" + model;
  }

  private void unknownKeys() {
    List<String> known = job.keys();
    for (String key : new TreeSet<>(configuration.keySet())) {
      boolean passedThrough =
          key.startsWith(KafkaOptions.CONSUMER_PREFIX)
              || key.startsWith(KafkaOptions.PRODUCER_PREFIX);
      if (!passedThrough && !known.contains(key)) {
        problems.unknown(key, known);
      }
    }
  }
}
