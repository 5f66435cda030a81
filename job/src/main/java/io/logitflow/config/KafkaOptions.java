package io.logitflow.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the connection to Kafka. */
public final class KafkaOptions {

  /** Prefix of options that go to every consumer. */
  public static final String CONSUMER_PREFIX = "consumer.";

  /** Prefix of options that go to every producer. */
  public static final String PRODUCER_PREFIX = "producer.";

  /** Where the brokers are. */
  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Brokers to ask for all the others. One is enough; two or three keep the start"
                  + " working while one of them is down.");

  /**
   * What consumers get unless {@code consumer.*} says otherwise.
   *
   * <p>The options page has the reasons.
   */
  static final Map<String, String> CONSUMER_DEFAULTS =
      sorted(
          Map.of(
              "isolation.level", "read_committed",
              "max.partition.fetch.bytes", "4194304",
              "max.poll.records", "4000",
              "receive.buffer.bytes", "-1"));

  /**
   * What producers get unless {@code producer.*} says otherwise.
   *
   * <p>The options page has the reasons.
   */
  static final Map<String, String> PRODUCER_DEFAULTS =
      sorted(
          Map.of(
              "acks", "all",
              "batch.size", "262144",
              "compression.type", "none",
              "linger.ms", "2",
              "send.buffer.bytes", "-1"));

  static final OptionGroup GROUP =
      OptionGroup.titled("Kafka").withRequired(BOOTSTRAP_SERVERS, Accepted.servers());

  private KafkaOptions() {}

  private static Map<String, String> sorted(Map<String, String> properties) {
    return Collections.unmodifiableMap(new TreeMap<>(properties));
  }
}
