package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.FeatureRecords;
import io.logitflow.benchmarks.pipeline.Shape;
import io.logitflow.benchmarks.pipeline.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends feature records when they are due, on the thread of the caller, by a producer that does not
 * linger. Does not wait for anything but the producer's own buffer.
 */
final class Generator implements AutoCloseable {

  private final FeatureRecords records;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final KafkaProducer<byte[], byte[]> producer;

  Generator(String bootstrapServers, Shape shape) {
    this.records = new FeatureRecords(shape);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0", "batch.size", "65536"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends records from number 0 on.
   *
   * @param pace when
   * @param limit number of records
   * @param endNanos when to give up, of {@link System#nanoTime}
   * @return number of records sent: less than {@code limit} if time was up
   */
  long send(String topic, Pace pace, long limit, long endNanos) {
    long sent = 0;
    while (sent < limit) {
      long now = System.nanoTime();
      if (now >= endNanos) {
        return sent;
      }
      long due = Math.min(limit, pace.due(now));
      while (sent < due) {
        send(topic, sent++);
      }
      if (sent < limit) {
        LockSupport.parkNanos(pace.nextNanos(sent, now) - System.nanoTime());
      }
    }
    return sent;
  }

  /** Sends a record at once. */
  void send(String topic, long number) {
    if (failure.get() != null) {
      throw new IllegalStateException("Sending to topic " + topic + " failed", failure.get());
    }
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                (int) (number % Topics.PARTITIONS),
                FeatureRecords.key(number),
                records.value(number)),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
