package io.logitflow.benchmarks.pipeline;

import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the feature records. A pool of them is encoded by the Avro library; what goes to the topic
 * is copies of those, each with an id of its own.
 */
public final class FeatureRecords {

  private static final int POOL = 1024;
  private static final int ID_DIGITS = 12;
  private static final long SEED = 7;

  /** Single-object header and the length of the id come before the id. */
  private static final int ID_FROM = 10 + 1;

  /** So many records share a millisecond of event time. */
  private static final int RECORDS_PER_MILLI = 100;

  private final List<byte[]> pool;

  /**
   * Encodes the pool.
   *
   * @param shape its features are those of the records
   */
  public FeatureRecords(Shape shape) {
    this.pool = pool(shape);
  }

  /** The id of a record; all are of one length, so that all predictions are. */
  public static String id(long number) {
    String digits = Long.toString(number);
    return "0".repeat(ID_DIGITS - digits.length()) + digits;
  }

  /** The encoded record of a number, with its {@link #id}. */
  public byte[] value(long number) {
    byte[] value = pool.get((int) (number % POOL)).clone();
    System.arraycopy(key(number), 0, value, ID_FROM, ID_DIGITS);
    return value;
  }

  /** The key of a record: its id. */
  public static byte[] key(long number) {
    return id(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of the record whose key this is. */
  public static long number(byte[] key) {
    return Long.parseLong(new String(key, StandardCharsets.US_ASCII));
  }

  /** Writes {@code count} records to {@code topic}, evenly over its partitions. */
  void write(String bootstrapServers, String topic, int count) {
    long start = System.currentTimeMillis();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "batch.size", "262144",
                "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count && failure.get() == null; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, i % Topics.PARTITIONS, start + i / RECORDS_PER_MILLI, key(i), value(i)),
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.compareAndSet(null, exception);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Filling topic " + topic + " failed", failure.get());
    }
  }

  private static List<byte[]> pool(Shape shape) {
    Random random = new Random(SEED);
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    List<byte[]> pool = new ArrayList<>(POOL);
    for (int i = 0; i < POOL; i++) {
      List<Float> features = new ArrayList<>(shape.features());
      for (int j = 0; j < shape.features(); j++) {
        features.add((float) random.nextGaussian());
      }
      pool.add(
          SingleObjects.encode(
              FeatureRecord.getEncoder(), new FeatureRecord(id(i), now, null, features, null)));
    }
    return pool;
  }
}
