package io.logitflow.config;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Options of checkpoints and of what a failure may do to the output. */
public final class DeliveryOptions {

  /** Delivery guarantee of every sink. */
  public static final ConfigOption<Guarantee> GUARANTEE =
      ConfigOptions.key("delivery-guarantee")
          .enumType(Guarantee.class)
          .defaultValue(Guarantee.AT_LEAST_ONCE)
          .withDescription(
              "at-least-once: nothing is lost, and after a failure what was written since the last"
                  + " checkpoint comes again. exactly-once: readers with"
                  + " isolation.level=read_committed see each record once, and see it only"
                  + " after the next checkpoint.");

  /** Begins the transactional id of every producer. */
  public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOptions.key("transactional-id-prefix")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Begins the transactional ids of exactly-once. Two jobs on one broker with the same"
                  + " prefix abort each other's transactions. Unset:"
                  + " logitflow-scoring-<model>-<features topic>,"
                  + " logitflow-feedback-<model>-<labels topic> or"
                  + " logitflow-replay-<model>-<evaluations topic>.");

  /** Kafka transaction timeout. */
  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      ConfigOptions.key("transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "exactly-once: how long a transaction may stay open. A job that is down for longer"
                  + " loses what it had written but not committed, so allow for the longest"
                  + " restart; at most the broker's transaction.max.timeout.ms (15 min unless"
                  + " changed), and more than checkpoint-interval.");

  /** Time between checkpoints. */
  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      ConfigOptions.key("checkpoint-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Time between checkpoints: what a failure repeats at most, and with exactly-once the"
                  + " latency that readers see. 0 switches checkpoints off.");

  /** Bytes of the rejected record in a dead letter. */
  public static final ConfigOption<MemorySize> DEAD_LETTER_MAX_BYTES =
      ConfigOptions.key("dead-letter-max-bytes")
          .memoryType()
          .defaultValue(MemorySize.parse("512 kb"))
          .withDescription(
              "How many bytes of the value of a rejected record its dead letter keeps. The dead"
                  + " letter has to fit the producer's max.request.size.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Delivery")
          .with(GUARANTEE, Accepted.oneOf(Guarantee.class))
          .with(CHECKPOINT_INTERVAL, checkpointInterval())
          .with(TRANSACTIONAL_ID_PREFIX, Accepted.transactionalIdPrefix())
          .with(
              TRANSACTION_TIMEOUT,
              Accepted.between(Duration.ofSeconds(1), Duration.ofMillis(Integer.MAX_VALUE)))
          .with(
              DEAD_LETTER_MAX_BYTES,
              Accepted.between(MemorySize.ZERO, MemorySize.ofMebiBytes(256)));

  private DeliveryOptions() {}

  /** Flink refuses intervals under 10 ms. */
  private static Accepted<Duration> checkpointInterval() {
    Accepted<Duration> interval = Accepted.between(Duration.ofMillis(10), Duration.ofDays(1));
    return new Accepted<>(
        "0 (off) or " + interval.text(), d -> d.isZero() || interval.test().test(d));
  }
}
