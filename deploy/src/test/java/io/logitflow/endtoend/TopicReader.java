package io.logitflow.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic from its beginning, as far as a test needs them. */
final class TopicReader<T> implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Turns a record into an object. */
  interface Conversion<T> {
    T convert(ConsumerRecord<byte[], byte[]> record);
  }

  private final String bootstrapServers;
  private final String topic;
  private final Conversion<T> conversion;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<T> read = new ArrayList<>();
  private int looked;

  TopicReader(String bootstrapServers, String topic, Conversion<T> conversion) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.conversion = conversion;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.poll.records", "5000",
                // Closing waits for the fetch on its way, and at an end the broker keeps it.
                "fetch.max.wait.ms", "50"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads on until {@code enough}; returns all that was read since the reader was made.
   *
   * @throws AssertionError after three minutes
   */
  List<T> until(Predicate<List<T>> enough) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!enough.test(read)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Gave up waiting on " + topic + " after " + read.size() + " records");
      }
      poll();
    }
    return Collections.unmodifiableList(read);
  }

  /**
   * Reads on until there is such a record among those that no call has looked at before.
   *
   * @throws AssertionError after three minutes
   */
  void untilNext(Predicate<T> wanted) {
    until(
        records -> {
          while (looked < records.size()) {
            if (wanted.test(records.get(looked++))) {
              return true;
            }
          }
          return false;
        });
  }

  /**
   * Reads on to the end that the topic has now, over whatever transactions are still open.
   *
   * @throws AssertionError if one stays open for three minutes
   */
  List<T> toEnd() {
    Map<TopicPartition, Long> ends = ends();
    return until(
        records ->
            ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
  }

  private Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> uncommitted =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return uncommitted.endOffsets(partitions);
    }
  }

  private void poll() {
    consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(conversion.convert(record)));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
