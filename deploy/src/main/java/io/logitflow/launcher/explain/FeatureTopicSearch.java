package io.logitflow.launcher.explain;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks for a record by its id, from the beginning of a topic to the end that it has at the start;
 * the first of that id is the one.
 */
final class FeatureTopicSearch {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final String bootstrapServers;
  private final String topic;
  private final Map<String, String> clientProperties;
  private final FeatureDecoder decoder;
  private final FeatureArena arena;
  private final FeatureRow row;
  private final PrintWriter progress;

  private long read;
  private long undecodable;
  private String firstProblem = "";

  /**
   * A search.
   *
   * @param progress where to say how far it has come
   */
  FeatureTopicSearch(
      String bootstrapServers,
      String topic,
      Map<String, String> clientProperties,
      FeatureDecoder decoder,
      int featureCount,
      PrintWriter progress) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.clientProperties = clientProperties;
    this.decoder = decoder;
    this.arena = new FeatureArena(1, featureCount, FeatureArena.Form.DENSE);
    this.row = new FeatureRow(arena, 0);
    this.progress = progress;
  }

  /**
   * Finds the record.
   *
   * @throws IOException if it is not there, if the topic does not exist or cannot be read
   */
  RecordToExplain find(String id) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      Optional<RecordToExplain> found = search(consumer, ends, id);
      if (found.isPresent()) {
        return found.get();
      }
    } catch (KafkaException e) {
      throw new IOException(
          "reading topic '%s' at %s failed: %s".formatted(topic, bootstrapServers, e.getMessage()),
          e);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
    throw new IOException(
        "topic '%s' has no record with the id '%s' among its %,d records%s"
            .formatted(
                topic,
                id,
                read,
                undecodable == 0
                    ? "; retention may have removed it"
                    : "; %,d of them could not be read, the first, %s"
                        .formatted(undecodable, firstProblem)));
  }

  private Optional<RecordToExplain> search(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, String id)
      throws IOException {
    long total = remaining(consumer, ends);
    long left = total;
    long movedAt = System.nanoTime();
    long saidAt = movedAt;
    while (left > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))
            && matches(record, id)) {
          String place = "%s-%d@%d".formatted(topic, record.partition(), record.offset());
          return Optional.of(
              new RecordToExplain(
                  "%s, id %s".formatted(place, id), arena.values().clone(), List.of()));
        }
      }
      long now = System.nanoTime();
      long leftNow = remaining(consumer, ends);
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
    return Optional.empty();
  }

  private boolean matches(ConsumerRecord<byte[], byte[]> record, String id) {
    read++;
    byte[] value = record.value();
    if (value == null) {
      return false;
    }
    try {
      decoder.decode(value, 0, value.length, row);
      return row.id().equals(id);
    } catch (BadRecordException e) {
      undecodable++;
      if (firstProblem.isEmpty()) {
        firstProblem =
            "%s-%d@%d: %s".formatted(topic, record.partition(), record.offset(), e.getMessage());
      }
      return false;
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer)
      throws IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, PATIENCE).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IOException(
          "topic '%s' does not exist at %s: check --features-topic and --topic-prefix"
              .formatted(topic, bootstrapServers));
    }
    return partitions;
  }

  private static long remaining(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey(), PATIENCE)))
        .sum();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
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
