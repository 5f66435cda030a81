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
   * <p>Measured with 32 features, as throughput against these values: 500 records a poll (Kafka's
   * default) 0.94. A partition may fill 4 MiB of a fetch, because at 784 features Kafka's 1 MiB is
   * some 330 records. Records of aborted transactions are not scored.
   */
  static final Map<String, String> CONSUMER_DEFAULTS =
      sorted(
          Map.of(
              "isolation.level", "read_committed",
              "max.partition.fetch.bytes", "4194304",
              "max.poll.records", "4000"));

  /**
   * What producers get unless {@code producer.*} says otherwise.
   *
   * <p>Measured on 2 cores shared with the broker with 32 features, as throughput against these
   * values: 16 KiB batches 0.81, no linger 0.86, lz4 0.89, zstd 0.71. Linger adds to the latency,
   * so it is 2 ms and not the 10 ms of the best throughput. Compression is worth trying where the
   * network is the limit and cores are idle.
   */
  static final Map<String, String> PRODUCER_DEFAULTS =
      sorted(
          Map.of(
              "acks", "all",
              "batch.size", "262144",
              "compression.type", "none",
              "linger.ms", "2"));

  static final OptionGroup GROUP =
      OptionGroup.titled("Kafka").with(BOOTSTRAP_SERVERS, Accepted.servers());

  private KafkaOptions() {}

  private static Map<String, String> sorted(Map<String, String> properties) {
    return Collections.unmodifiableMap(new TreeMap<>(properties));
  }
}
