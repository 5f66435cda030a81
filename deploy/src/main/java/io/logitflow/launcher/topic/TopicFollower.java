package io.logitflow.launcher.topic;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed on a topic: from its beginning to the end that it has now, and from there
 * on to the end that it has later. Belongs to no consumer group and commits nothing.
 */
public final class TopicFollower implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final String topic;
  private final List<TopicPartition> partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final PrintWriter progress;

  private TopicFollower(
      String bootstrapServers,
      String topic,
      List<TopicPartition> partitions,
      KafkaConsumer<byte[], byte[]> consumer,
      PrintWriter progress) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.partitions = partitions;
    this.consumer = consumer;
    this.progress = progress;
  }

  /** Looks at a record. */
  @FunctionalInterface
  public interface Visitor {
    /** Returns whether to read on. */
    boolean visit(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  /**
   * Connects, and stands at the beginning of the topic.
   *
   * @param clientProperties further properties of the Kafka client, for example for security
   * @param ifMissing what to check if there is no such topic
   * @param progress where to say how far it has come, if that takes long
   * @throws IOException if no broker answers or there is no such topic
   */
  public static TopicFollower open(
      String bootstrapServers,
      String topic,
      Map<String, String> clientProperties,
      String ifMissing,
      PrintWriter progress)
      throws IOException {
    KafkaConsumer<byte[], byte[]> consumer = null;
    try {
      consumer = consumer(bootstrapServers, clientProperties);
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IOException(
            "topic '%s' does not exist at %s: %s".formatted(topic, bootstrapServers, ifMissing));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      TopicFollower follower =
          new TopicFollower(bootstrapServers, topic, partitions, consumer, progress);
      consumer = null;
      return follower;
    } catch (KafkaException e) {
      throw failure(bootstrapServers, topic, e);
    } finally {
      if (consumer != null) {
        consumer.close();
      }
    }
  }

  /**
   * Reads on to the end that the topic has at this moment, or until the visitor has seen enough.
   *
   * @throws IOException if the topic cannot be read, or nothing comes for 15 seconds
   */
  public void readToEnd(Visitor visitor) throws IOException {
    try {
      readTo(consumer.endOffsets(partitions, PATIENCE), visitor);
    } catch (KafkaException e) {
      throw failure(bootstrapServers, topic, e);
    }
  }

  private void readTo(Map<TopicPartition, Long> ends, Visitor visitor) throws IOException {
    long total = remaining(ends);
    long left = total;
    long movedAt = System.nanoTime();
    long saidAt = movedAt;
    while (left > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!visitor.visit(record)) {
          return;
        }
      }
      long now = System.nanoTime();
      long leftNow = remaining(ends);
      if (leftNow < left) {
        left = leftNow;
        movedAt = now;
      } else if (now - movedAt > PATIENCE.toNanos()) {
        throw new IOException(
            "reading topic '%s' stopped %,d offsets before its end: nothing came for %d s"
                .formatted(topic, left, PATIENCE.toSeconds()));
      }
      if (now - saidAt > PROGRESS.toNanos()) {
        saidAt = now;
        progress.printf("Looked at %,d of %,d offsets of %s ...%n", total - left, total, topic);
        progress.flush();
      }
    }
  }

  private long remaining(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey(), PATIENCE)))
        .sum();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static IOException failure(String bootstrapServers, String topic, KafkaException e) {
    if (e instanceof TimeoutException) {
      return new IOException(
          "no Kafka broker answers at %s: is it running, and is this its address? (%s)"
              .formatted(bootstrapServers, e.getMessage()),
          e);
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new IOException(
        "reading topic '%s' at %s failed: %s"
            .formatted(topic, bootstrapServers, cause.getMessage()),
        e);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      String bootstrapServers, Map<String, String> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4000);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
