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
 * Reads {@link ScoringConfig}.
 *
 * <p>Everything is read and compared before anything is reported. So what a refused option would
 * have said is replaced by its default, or else by an empty text, which only ever reach a
 * configuration that is thrown away.
 */
final class ScoringConfigReader {

  private final Configuration configuration;
  private final Problems problems = new Problems();
  private final OptionReader options;

  ScoringConfigReader(Configuration configuration) {
    this.configuration = configuration;
    this.options = new OptionReader(configuration, ScoringOptions.GROUPS, problems);
  }

  ScoringConfig read(Function<ScoringConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    String model = options.read(ModelOptions.MODEL).orElse("");
    TopicNames topics = new TopicNamesReader(options, problems).read();
    ScoringConfig config =
        new ScoringConfig(
            kafka(model),
            topics,
            model,
            features(),
            value(RecordOptions.PREDICTION_WIRE_FORMAT),
            options.read(RecordOptions.REGISTRY_URL).map(URI::create),
            microBatch(),
            value(ModelOptions.KERNEL),
            value(ModelOptions.DEVICE),
            value(DeliveryOptions.GUARANTEE),
            options
                .read(DeliveryOptions.TRANSACTIONAL_ID_PREFIX)
                .orElse("logitflow-scoring-" + model + "-" + topics.features()),
            value(DeliveryOptions.TRANSACTION_TIMEOUT),
            Optional.of(value(DeliveryOptions.CHECKPOINT_INTERVAL)).filter(d -> !d.isZero()),
            StartingPoint.parse(value(ReadingOptions.FROM)),
            value(ReadingOptions.BOUNDED),
            value(ReadingOptions.MAX_OUT_OF_ORDERNESS),
            value(ReadingOptions.IDLE_TIMEOUT),
            bytes(DeliveryOptions.DEAD_LETTER_MAX_BYTES),
            options
                .read(ReadingOptions.PARALLELISM)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()));
    new ScoringConfigChecks(config, problems).run();
    unknownKeys();
    if (!problems.concern(ScoringConfigReader::isForReachingTopics)) {
      brokerCheck.apply(config).forEach(problems::addIfFirstOfItsKey);
    }
    problems.throwIfAny();
    return config;
  }

  private static boolean isForReachingTopics(String key) {
    return key.equals(KafkaOptions.BOOTSTRAP_SERVERS.key())
        || key.equals(TopicOptions.PREFIX.key())
        || key.startsWith(KafkaOptions.CONSUMER_PREFIX);
  }

  private KafkaConfig kafka(String model) {
    Map<String, String> consumerDefaults = new HashMap<>(KafkaOptions.CONSUMER_DEFAULTS);
    consumerDefaults.put(ConsumerConfig.GROUP_ID_CONFIG, "logitflow-scoring-" + model);
    return new KafkaConfig(
        options.read(KafkaOptions.BOOTSTRAP_SERVERS).orElse(""),
        ClientProperties.consumer().read(configuration, consumerDefaults, problems),
        ClientProperties.producer().read(configuration, KafkaOptions.PRODUCER_DEFAULTS, problems));
  }

  private FeatureFormat features() {
    return new FeatureFormat(
        value(RecordOptions.WIRE_FORMAT),
        options
            .read(RecordOptions.FEATURES_SCHEMA)
            .map(files -> SchemaFiles.read(files, problems))
            .orElse(List.of()),
        value(RecordOptions.ID_FIELD),
        value(RecordOptions.TIME_FIELD),
        value(RecordOptions.SEGMENT_FIELD),
        value(RecordOptions.FEATURES_FIELD),
        value(RecordOptions.INDICES_FIELD),
        bytes(RecordOptions.MAX_RECORD_BYTES));
  }

  private MicroBatchConfig microBatch() {
    return new MicroBatchConfig(
        value(MicroBatchOptions.SIZE),
        value(MicroBatchOptions.DELAY),
        value(MicroBatchOptions.FLUSH_WHEN_IDLE));
  }

  /** The value of an option that has a default. */
  private <T> T value(ConfigOption<T> option) {
    return options.read(option).orElseGet(option::defaultValue);
  }

  private int bytes(ConfigOption<MemorySize> option) {
    return Math.toIntExact(value(option).getBytes());
  }

  private void unknownKeys() {
    List<String> known = ScoringOptions.keys();
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
