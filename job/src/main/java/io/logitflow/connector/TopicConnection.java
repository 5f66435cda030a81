package io.logitflow.connector;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka clients over one topic: with the settings that the models topic needs, bounded waits,
 * and failures in plain words.
 */
final class TopicConnection implements AutoCloseable {

  /** How long to wait for an answer or for the next record. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String bootstrapServers;
  private final String topic;
  private final Map<String, String> clientProperties;
  private Admin admin;

  TopicConnection(String bootstrapServers, String topic, Map<String, String> clientProperties) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.clientProperties = Map.copyOf(clientProperties);
  }

  /** Something done with Kafka's clients. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws ModelTopicException;
  }

  /**
   * Does something with Kafka's clients and says in one line what went wrong.
   *
   * @throws ModelTopicException instead of the clients' own exceptions
   * @throws InterruptException if the thread was interrupted
   */
  <T> T attempt(Action<T> action) throws ModelTopicException {
    try {
      return action.run();
    } catch (InterruptException e) {
      throw e;
    } catch (TimeoutException e) {
      throw new ModelTopicException(
          "No Kafka broker answers at %s: is it running, and is this its address? (%s)"
              .formatted(bootstrapServers, e.getMessage()),
          e);
    } catch (AuthenticationException | AuthorizationException e) {
      throw new ModelTopicException(
          "Kafka at %s refuses access to topic '%s': %s (credentials are given as client properties)"
              .formatted(bootstrapServers, topic, e.getMessage()),
          e);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ModelTopicException(
          "Kafka at %s failed on topic '%s': %s"
              .formatted(bootstrapServers, topic, cause.getMessage()),
          e);
    }
  }

  /** The topic, or empty if there is none. */
  Optional<TopicDescription> describe() {
    try {
      return Optional.of(await(admin().describeTopics(List.of(topic)).allTopicNames()).get(topic));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /**
   * The topic.
   *
   * @throws ModelTopicException if there is none
   */
  TopicDescription require() throws ModelTopicException {
    return describe()
        .orElseThrow(
            () ->
                new ModelTopicException(
                    ("Topic '%s' does not exist at %s: publish a model, which creates it, or check"
                            + " the topic's name and prefix")
                        .formatted(topic, bootstrapServers)));
  }

  /** Creates the topic with the broker's default replication; whether it was not there before. */
  boolean create(int partitions, Map<String, String> config) {
    try {
      new TopicCreation(admin())
          .create(new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config));
      return true;
    } catch (TopicExistsException e) {
      return false;
    }
  }

  /** A setting of the topic; empty if the broker does not let us see it. */
  Optional<String> setting(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config config = await(admin().describeConfigs(List.of(resource)).all()).get(resource);
      return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    } catch (AuthorizationException | InvalidRequestException e) {
      return Optional.empty();
    }
  }

  /** A consumer of committed records that belongs to no group. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = properties();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Closing waits for the fetch on its way, and at the end of the topic the broker keeps it.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * A transactional producer.
   *
   * @param maxRecordBytes largest record that it takes
   */
  KafkaProducer<byte[], byte[]> producer(int maxRecordBytes) {
    Map<String, Object> properties = properties();
    // Clusters may allow only certain transactional ids and timeouts: these can be overridden.
    properties.putIfAbsent(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "logitflow-" + topic);
    properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis());
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * maxRecordBytes);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(5));
      admin = null;
    }
  }

  private Admin admin() {
    if (admin == null) {
      Map<String, Object> properties = properties();
      int patience = (int) PATIENCE.toMillis();
      properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
      properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
      admin = Admin.create(properties);
    }
    return admin;
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  /** The result of something that a client does. */
  static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException(e.getCause());
    }
  }
}
