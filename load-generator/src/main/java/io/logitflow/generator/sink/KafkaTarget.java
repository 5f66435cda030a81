package io.logitflow.generator.sink;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where to send.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param producer options of the Kafka producer, above our defaults
 * @param features topic of the features
 * @param labels topic of the labels; empty: no labels
 * @param createPartitions partitions of the topics that are missing; empty: a missing topic is an
 *     error
 */
public record KafkaTarget(
    String bootstrapServers,
    Map<String, String> producer,
    TopicTarget features,
    Optional<TopicTarget> labels,
    OptionalInt createPartitions) {

  /** Copies the options. */
  public KafkaTarget {
    producer = Map.copyOf(producer);
  }

  /**
   * Options of the producer: few, large batches, a socket whose buffer grows with them, and every
   * record acknowledged by all replicas.
   */
  Map<String, Object> producerOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("client.id", "logitflow-generator");
    options.put("linger.ms", "5");
    options.put("batch.size", String.valueOf(256 * 1024));
    options.put("buffer.memory", String.valueOf(64L * 1024 * 1024));
    options.put("send.buffer.bytes", "-1");
    options.putAll(producer);
    options.put("bootstrap.servers", bootstrapServers);
    return options;
  }

  /**
   * Options of the admin client: what producer and admin client share, such as security, and
   * timeouts short enough for somebody who waits in front of a terminal.
   */
  Map<String, Object> adminOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    producer.forEach(
        (key, value) -> {
          if (key.startsWith("security.") || key.startsWith("sasl.") || key.startsWith("ssl.")) {
            options.put(key, value);
          }
        });
    options.put("client.id", "logitflow-generator-admin");
    options.put("bootstrap.servers", bootstrapServers);
    options.put("request.timeout.ms", "5000");
    options.put("default.api.timeout.ms", "10000");
    return options;
  }
}
