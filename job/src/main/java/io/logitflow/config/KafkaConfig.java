package io.logitflow.config;

import java.io.Serializable;
import java.util.Map;

/**
 * The connection to Kafka.
 *
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param consumer properties of every consumer, without those that a source sets itself
 * @param producer properties of every producer, without those that a sink sets itself
 */
public record KafkaConfig(
    String bootstrapServers, Map<String, String> consumer, Map<String, String> producer)
    implements Serializable {

  public KafkaConfig {
    consumer = Map.copyOf(consumer);
    producer = Map.copyOf(producer);
  }
}
