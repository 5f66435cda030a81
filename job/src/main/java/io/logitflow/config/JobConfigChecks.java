package io.logitflow.config;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What options that every job has have to be to each other. */
final class JobConfigChecks {

  /** Room for the other fields of a dead letter and Kafka's own framing. */
  private static final int DEAD_LETTER_OVERHEAD = 64 * 1024;

  private static final int KAFKA_MAX_REQUEST_SIZE = 1024 * 1024;

  private final JobConfig config;
  private final Problems problems;

  JobConfigChecks(JobConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  /** A wire format that needs a registry has one. */
  void registry(ConfigOption<WireFormat> option, WireFormat format) {
    if (format == WireFormat.CONFLUENT && config.registry().isEmpty()) {
      problems.addIfFirstOfItsKey(
          new Problem(
              RecordOptions.REGISTRY_URL.key(),
              Optional.empty(),
              "not set; expected "
                  + Accepted.httpAddress().text()
                  + ", because of "
                  + option.key()
                  + " = "
                  + WireFormat.CONFLUENT));
    }
  }

  /** There are as many schemas of feature records as their wire format takes. */
  void schemas(FeatureFormat features) {
    int schemas = features.schemas().size();
    if (features.wireFormat() == WireFormat.BARE && schemas > 1) {
      problems.refused(
          RecordOptions.FEATURES_SCHEMA.key(), schemas + " schemas", "expected one with bare");
    }
    if (features.wireFormat() == WireFormat.CONFLUENT && schemas > 0) {
      problems.refused(
          RecordOptions.FEATURES_SCHEMA.key(),
          schemas + " schemas",
          "expected none with confluent, which takes schemas from the registry");
    }
  }

  /** What the delivery guarantee and dead letters need of the other options. */
  void delivery() {
    acknowledgements();
    if (config.delivery().guarantee() == Guarantee.EXACTLY_ONCE) {
      exactlyOnce();
    }
    deadLetters();
  }

  private void acknowledgements() {
    String acks = config.kafka().producer().getOrDefault(ProducerConfig.ACKS_CONFIG, "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      problems.refused(
          KafkaOptions.PRODUCER_PREFIX + ProducerConfig.ACKS_CONFIG,
          acks,
          "expected all, without which no delivery-guarantee holds");
    }
  }

  private void exactlyOnce() {
    String because = ", because of delivery-guarantee = " + Guarantee.EXACTLY_ONCE;
    if (config.delivery().checkpointInterval().isEmpty()) {
      problems.refused(
          DeliveryOptions.CHECKPOINT_INTERVAL.key(), "0", "expected more than 0" + because);
    }
    Duration interval = config.delivery().checkpointInterval().orElse(Duration.ZERO);
    if (config.delivery().transactionTimeout().compareTo(interval) <= 0) {
      problems.refused(
          DeliveryOptions.TRANSACTION_TIMEOUT.key(),
          TimeUtils.formatWithHighestUnit(config.delivery().transactionTimeout()),
          "expected more than checkpoint-interval ("
              + TimeUtils.formatWithHighestUnit(interval)
              + ")"
              + because);
    }
    String idempotence =
        config.kafka().producer().getOrDefault(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    if (!idempotence.equalsIgnoreCase("true")) {
      problems.refused(
          KafkaOptions.PRODUCER_PREFIX + ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          idempotence,
          "expected true" + because);
    }
  }

  private void deadLetters() {
    long room = maxRequestSize() - DEAD_LETTER_OVERHEAD;
    if (config.delivery().deadLetterMaxBytes() > room) {
      problems.refused(
          DeliveryOptions.DEAD_LETTER_MAX_BYTES.key(),
          config.delivery().deadLetterMaxBytes(),
          "expected at most "
              + Math.max(0, room)
              + ", which is what "
              + KafkaOptions.PRODUCER_PREFIX
              + ProducerConfig.MAX_REQUEST_SIZE_CONFIG
              + " leaves beside 64 kb for the rest of the dead letter");
    }
  }

  private long maxRequestSize() {
    String size = config.kafka().producer().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    if (size == null) {
      return KAFKA_MAX_REQUEST_SIZE;
    }
    try {
      return Long.parseLong(size.strip());
    } catch (NumberFormatException e) {
      // Reported by ClientProperties.
      return Integer.MAX_VALUE;
    }
  }
}
