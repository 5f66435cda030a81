package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What options have to be to each other. */
final class ScoringConfigChecks {

  /** Room for the other fields of a dead letter and Kafka's own framing. */
  private static final int DEAD_LETTER_OVERHEAD = 64 * 1024;

  private static final int KAFKA_MAX_REQUEST_SIZE = 1024 * 1024;

  private final ScoringConfig config;
  private final Problems problems;

  ScoringConfigChecks(ScoringConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void run() {
    registry();
    schemas();
    delivery();
    deadLetters();
  }

  private void registry() {
    String reader = null;
    if (config.features().wireFormat() == WireFormat.CONFLUENT) {
      reader = RecordOptions.WIRE_FORMAT.key();
    } else if (config.predictionFormat() == WireFormat.CONFLUENT) {
      reader = RecordOptions.PREDICTION_WIRE_FORMAT.key();
    }
    if (reader != null && config.registry().isEmpty()) {
      problems.missing(
          RecordOptions.REGISTRY_URL.key(),
          Accepted.httpAddress().text() + ", because of " + reader + " = " + WireFormat.CONFLUENT);
    }
  }

  private void schemas() {
    int schemas = config.features().schemas().size();
    WireFormat format = config.features().wireFormat();
    if (format == WireFormat.BARE && schemas > 1) {
      problems.refused(
          RecordOptions.FEATURES_SCHEMA.key(), schemas + " schemas", "expected one with bare");
    }
    if (format == WireFormat.CONFLUENT && schemas > 0) {
      problems.refused(
          RecordOptions.FEATURES_SCHEMA.key(),
          schemas + " schemas",
          "expected none with confluent, which takes schemas from the registry");
    }
  }

  private void delivery() {
    String acks = config.kafka().producer().getOrDefault(ProducerConfig.ACKS_CONFIG, "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      problems.refused(
          KafkaOptions.PRODUCER_PREFIX + ProducerConfig.ACKS_CONFIG,
          acks,
          "expected all, without which no delivery-guarantee holds");
    }
    if (config.delivery() == Guarantee.EXACTLY_ONCE) {
      exactlyOnce();
    }
  }

  private void exactlyOnce() {
    String because = ", because of delivery-guarantee = " + Guarantee.EXACTLY_ONCE;
    if (config.checkpointInterval().isEmpty()) {
      problems.refused(
          DeliveryOptions.CHECKPOINT_INTERVAL.key(), "0", "expected more than 0" + because);
    }
    Duration interval = config.checkpointInterval().orElse(Duration.ZERO);
    if (config.transactionTimeout().compareTo(interval) <= 0) {
      problems.refused(
          DeliveryOptions.TRANSACTION_TIMEOUT.key(),
          TimeUtils.formatWithHighestUnit(config.transactionTimeout()),
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
    if (config.deadLetterMaxBytes() > room) {
      problems.refused(
          DeliveryOptions.DEAD_LETTER_MAX_BYTES.key(),
          config.deadLetterMaxBytes(),
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
