package io.logitflow.generator.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to Kafka with the ordinary producer. */
public final class KafkaRecordSink implements RecordSink {
  /**
   * Header of a label with the probabilities that it was drawn from: one little-endian float64 for
   * each class, in the order of the classes. Only where they are known.
   */
  public static final String TRUE_PROBABILITIES = "true-probabilities";

  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicWriter features;
  private final TopicWriter labels;
  private final AtomicReference<DeliveryException> failure = new AtomicReference<>();

  private KafkaRecordSink(
      KafkaProducer<byte[], byte[]> producer, TopicWriter features, TopicWriter labels) {
    this.producer = producer;
    this.features = features;
    this.labels = labels;
  }

  /**
   * Looks for the topics and opens a producer.
   *
   * @throws DeliveryException if no broker answers, a topic is missing or an option is wrong
   */
  @SuppressWarnings("resource") // Closed by the sink.
  public static KafkaRecordSink open(KafkaTarget target) throws InterruptedException {
    Map<String, Integer> partitions = new Topics(target).partitions();
    KafkaProducer<byte[], byte[]> producer;
    try {
      producer =
          new KafkaProducer<>(
              target.producerOptions(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      Throwable root = e.getCause() == null ? e : e.getCause();
      throw new DeliveryException("Bad Kafka producer options: " + root.getMessage(), e);
    }
    return new KafkaRecordSink(
        producer,
        new TopicWriter(target.features(), partitions),
        target.labels().map(topic -> new TopicWriter(topic, partitions)).orElse(null));
  }

  @Override
  public void sendFeatures(byte[] id, byte[] value, long time) throws InterruptedException {
    send(features, new ProducerRecord<>(features.topic, features.next(), time, id, value));
  }

  @Override
  public void sendLabel(byte[] id, byte[] value, long time, double[] trueProbabilities)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> label =
        new ProducerRecord<>(labels.topic, labels.next(), time, id, value);
    if (trueProbabilities.length > 0) {
      ByteBuffer bytes =
          ByteBuffer.allocate(trueProbabilities.length * Double.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asDoubleBuffer().put(trueProbabilities);
      Headers headers = label.headers();
      headers.add(TRUE_PROBABILITIES, bytes.array());
    }
    send(labels, label);
  }

  private void send(TopicWriter writer, ProducerRecord<byte[], byte[]> message)
      throws InterruptedException {
    throwFailure();
    try {
      // The callback holds the first failure; the future would cost a wait for each record.
      var unused = producer.send(message, writer.callback(failure));
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      throw new DeliveryException(
          "Cannot send to topic '" + writer.topic + "': " + e.getMessage(), e);
    }
  }

  @Override
  public void flush() throws InterruptedException {
    try {
      producer.flush();
    } catch (InterruptException e) {
      throw interrupted(e);
    }
    throwFailure();
  }

  private void throwFailure() {
    DeliveryException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /** The client sets the interrupt flag again, which an {@link InterruptedException} replaces. */
  private static InterruptedException interrupted(InterruptException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(cause.getMessage());
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  /** One topic: picks partitions and notes the first failure. */
  private static final class TopicWriter {
    private final String topic;
    private final Partitioning partitioning;
    private final int partitions;
    private Callback callback;
    private int next;

    private TopicWriter(TopicTarget target, Map<String, Integer> partitions) {
      this.topic = target.topic();
      this.partitioning = target.partitioning();
      this.partitions = partitions.get(topic);
    }

    /** Partition of the next record; null: Kafka takes the hash of the key. */
    private Integer next() {
      if (partitioning instanceof Partitioning.Fixed fixed) {
        return fixed.partition();
      }
      if (partitioning instanceof Partitioning.RoundRobin) {
        int partition = next;
        next = next + 1 == partitions ? 0 : next + 1;
        return partition;
      }
      return null;
    }

    private Callback callback(AtomicReference<DeliveryException> failure) {
      if (callback == null) {
        callback =
            (RecordMetadata metadata, Exception e) -> {
              if (e != null) {
                failure.compareAndSet(
                    null,
                    new DeliveryException(
                        "Cannot send to topic '" + topic + "': " + e.getMessage(), e));
              }
            };
      }
      return callback;
    }
  }
}
