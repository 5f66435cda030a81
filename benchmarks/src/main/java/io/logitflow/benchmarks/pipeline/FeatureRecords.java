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
final class FeatureRecords {

  private static final int POOL = 1024;
  private static final int ID_DIGITS = 12;
  private static final long SEED = 7;

  /** Single-object header and the length of the id come before the id. */
  private static final int ID_FROM = 10 + 1;

  /** So many records share a millisecond of event time. */
  private static final int RECORDS_PER_MILLI = 100;

  private final Shape shape;

  FeatureRecords(Shape shape) {
    this.shape = shape;
  }

  /** The id of a record; all are of one length, so that all predictions are. */
  static String id(long number) {
    String digits = Long.toString(number);
    return "0".repeat(ID_DIGITS - digits.length()) + digits;
  }

  /** Writes {@code count} records to {@code topic}, evenly over its partitions. */
  void write(String bootstrapServers, String topic, int count) {
    List<byte[]> pool = pool();
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
        byte[] id = id(i).getBytes(StandardCharsets.US_ASCII);
        byte[] value = pool.get(i % POOL).clone();
        System.arraycopy(id, 0, value, ID_FROM, ID_DIGITS);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, i % Workload.PARTITIONS, start + i / RECORDS_PER_MILLI, id, value),
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

  private List<byte[]> pool() {
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
              FeatureRecord.getEncoder(), new FeatureRecord(id(i), now, null, features)));
    }
    return pool;
  }
}
