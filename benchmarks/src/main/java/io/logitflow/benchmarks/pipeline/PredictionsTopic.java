package io.logitflow.benchmarks.pipeline;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The output of one run. Its records bear the time at which the broker appended them: the only
 * clock that measures every variant alike, whatever it does to start and to end.
 */
final class PredictionsTopic {

  /** Commit markers of transactions take offsets as well; a run has fewer of them. */
  private static final int MAX_MARKERS = 1_000;

  /** A version number takes a byte up to 63, then two: a run has fewer swaps than a third needs. */
  private static final int MAX_VERSION_BYTES = 1;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_POLLS = 150;

  private final String bootstrapServers;
  private final String name;
  private final List<TopicPartition> partitions;

  PredictionsTopic(String bootstrapServers, String name) {
    this.bootstrapServers = bootstrapServers;
    this.name = name;
    this.partitions =
        IntStream.range(0, Topics.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(name, partition))
            .toList();
  }

  /**
   * Seconds from the first to the last record.
   *
   * @param records number of records that must be there
   * @param valueBytes size that the value of a record must have, but for the digits of versions
   * @throws IllegalStateException if there are other records
   */
  double seconds(long records, int valueBytes) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.partition.fetch.bytes", "65536"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long offsets = ends.values().stream().mapToLong(Long::longValue).sum();
      if (offsets < records || offsets > records + MAX_MARKERS) {
        throw new IllegalStateException(
            "topic %s has %d records, expected %d".formatted(name, offsets, records));
      }
      long first = Long.MAX_VALUE;
      Set<TopicPartition> unseen = new HashSet<>(partitions);
      consumer.seekToBeginning(partitions);
      for (int poll = 0; !unseen.isEmpty(); poll++) {
        for (ConsumerRecord<byte[], byte[]> record : poll(consumer, poll)) {
          first = Math.min(first, timestamp(record, valueBytes));
          unseen.remove(new TopicPartition(name, record.partition()));
        }
      }
      long last = Long.MIN_VALUE;
      ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - MAX_MARKERS)));
      for (int poll = 0;
          ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue());
          poll++) {
        for (ConsumerRecord<byte[], byte[]> record : poll(consumer, poll)) {
          last = Math.max(last, timestamp(record, valueBytes));
        }
      }
      return (last - first) / 1e3;
    }
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll(
      KafkaConsumer<byte[], byte[]> consumer, int poll) {
    if (poll == MAX_POLLS) {
      throw new IllegalStateException("topic " + name + " cannot be read to its end");
    }
    return consumer.poll(POLL);
  }

  private long timestamp(ConsumerRecord<byte[], byte[]> record, int valueBytes) {
    int more = record.value().length - valueBytes;
    if (more < 0 || more > MAX_VERSION_BYTES) {
      throw new IllegalStateException(
          "a value in topic %s has %d bytes, expected %d"
              .formatted(name, record.value().length, valueBytes));
    }
    return record.timestamp();
  }
}
