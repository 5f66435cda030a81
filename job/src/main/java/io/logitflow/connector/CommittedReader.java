package io.logitflow.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed on a topic, from its beginning on. */
final class CommittedReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final List<TopicPartition> partitions;

  /**
   * Creates a reader.
   *
   * @param consumer a consumer of committed records; closed with the reader
   */
  CommittedReader(Consumer<byte[], byte[]> consumer, TopicDescription description) {
    this.consumer = consumer;
    this.topic = description.name();
    this.partitions =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
  }

  /** Takes records, in the order of their partition. */
  @FunctionalInterface
  interface Taker {

    /**
     * Takes one.
     *
     * @param place topic, partition and offset, for messages
     */
    void take(String place, byte[] key, byte[] value);
  }

  /**
   * Reads the whole topic up to its end at this moment.
   *
   * @throws ModelTopicException if no record comes for 15 seconds
   */
  void readToEnd(Taker taker) throws ModelTopicException {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    long remaining = remaining(end);
    long progressAt = System.nanoTime();
    while (remaining > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        String place = "%s-%d@%d".formatted(topic, record.partition(), record.offset());
        taker.take(place, record.key(), record.value());
      }
      long now = remaining(end);
      if (now < remaining) {
        remaining = now;
        progressAt = System.nanoTime();
      } else if (System.nanoTime() - progressAt > TopicConnection.PATIENCE.toNanos()) {
        throw new ModelTopicException(
            "Reading topic '%s' stopped %d offsets before its end: no record came for %d s"
                .formatted(topic, remaining, TopicConnection.PATIENCE.toSeconds()));
      }
    }
  }

  private long remaining(Map<TopicPartition, Long> endOffsets) {
    return endOffsets.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  /**
   * Waits, after {@link #readToEnd}, until a record can be read. A commit returns when it is
   * decided, and its markers come to the topic a little later: who reads at once would miss what
   * was published.
   *
   * @throws ModelTopicException if it cannot be read after 15 seconds
   */
  void awaitReadable(RecordMetadata record) throws ModelTopicException {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long deadline = System.nanoTime() + TopicConnection.PATIENCE.toNanos();
    while (consumer.position(partition) <= record.offset()) {
      consumer.poll(POLL);
      if (System.nanoTime() > deadline) {
        throw new ModelTopicException(
            ("Topic '%s' was changed, but the change cannot be read after %d s: is a transaction"
                    + " of another program open?")
                .formatted(topic, TopicConnection.PATIENCE.toSeconds()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
