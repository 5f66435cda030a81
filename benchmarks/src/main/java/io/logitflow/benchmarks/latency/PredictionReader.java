package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.FeatureRecords;
import io.logitflow.benchmarks.pipeline.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a predictions topic on a thread of its own, as an application would that must not see
 * aborted transactions. The time of a prediction is that at which the poll returned.
 */
final class PredictionReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Takes predictions, on the thread of the reader. */
  interface Listener {
    /**
     * A prediction came.
     *
     * @param number number of the record
     * @param nanos when, of {@link System#nanoTime}
     */
    void received(long number, long nanos);
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "prediction-reader");
  private volatile Listener listener;
  private volatile boolean closed;

  PredictionReader(String bootstrapServers, String topic, Listener listener) {
    this.listener = listener;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.start();
  }

  /** Who takes predictions from now on. */
  void listener(Listener next) {
    listener = next;
  }

  private void read() {
    while (!closed) {
      Iterable<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL);
      long nanos = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        listener.received(FeatureRecords.number(record.key()), nanos);
      }
    }
    consumer.close();
  }

  /** Ends the thread and waits for it. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
