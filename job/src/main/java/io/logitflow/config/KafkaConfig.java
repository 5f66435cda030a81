package io.logitflow.config;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

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

  /**
   * What connects a client of any kind: the consumers' properties that Kafka's admin client has.
   */
  public Map<String, String> connection() {
    Map<String, String> connection = new HashMap<>(consumer);
    connection.keySet().retainAll(AdminClientConfig.configNames());
    return connection;
  }
}
