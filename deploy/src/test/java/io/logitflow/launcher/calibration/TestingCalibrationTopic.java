package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A calibration topic that a test writes. */
public final class TestingCalibrationTopic implements AutoCloseable {

  /** Start of the first window. */
  public static final Instant START = Instant.parse("2026-01-31T09:00:00Z");

  /** Length of a window. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Creates the topic: compacted, with two partitions. */
  public TestingCalibrationTopic(EmbeddedBroker broker, String topic) throws Exception {
    this.topic = topic;
    broker.createTopic(topic, 2, Map.of("cleanup.policy", "compact"));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Start of a window. */
  public static Instant start(int window) {
    return START.plus(WINDOW.multipliedBy(window));
  }

  /** A record of a window, to be completed. */
  public static CalibrationRecord.Builder record(
      String model, long version, int window, CalibrationStatistics statistics) {
    return CalibrationRecords.toRecord(statistics)
        .setModel(model)
        .setModelVersion(version)
        .setCalibrationVersion(0)
        .setRole(ModelRole.CHAMPION)
        .setWindowStart(start(window))
        .setWindowEnd(start(window + 1))
        .setFiring(Firing.FINAL)
        .setWatermark(start(window + 1));
  }

  /** Writes a record under the key of its window. */
  public void write(CalibrationRecord record) {
    String key =
        String.join(
            "/",
            record.getModel(),
            Long.toString(record.getModelVersion()),
            Integer.toString(record.getCalibrationVersion()),
            record.getRole().name(),
            record.getWindowStart().toString(),
            record.getSegment());
    write(key, SingleObjects.encode(CalibrationRecord.getEncoder(), record));
  }

  /** Writes a record; returns when the broker has it. */
  public void write(String key, byte[] value) {
    try {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the record was not written", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
