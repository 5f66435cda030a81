package io.logitflow.demo;

import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.Decision;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads predictions, labels and dead letters as any consumer would, on a thread of its own, and
 * keeps count of every one of them; and what the feedback job writes, if it runs.
 */
final class OutputReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration JOIN = Duration.ofSeconds(5);
  private static final int CHECKSUM_BYTES = 4;

  private final DemoTopics topics;
  private final boolean feedback;
  private final LatencyWindow latency;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final PredictionFields fields = new PredictionFields();
  private final RecordLedger ledger = new RecordLedger();
  private final WindowLedger windows = new WindowLedger();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<DeadLetterReason, Long> deadLetters = new EnumMap<>(DeadLetterReason.class);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final byte[] servedChecksum = new byte[32];
  private long servedVersion;
  private long unreadable;
  private volatile boolean stopped;
  private volatile Optional<KafkaException> failure = Optional.empty();

  /**
   * Creates a reader that has not started.
   *
   * @param bootstrapServers the broker
   * @param topics names and partitions of the topics
   * @param feedback whether the feedback job runs
   * @param latency where to record how long after its time a prediction was read
   */
  OutputReader(
      String bootstrapServers, DemoTopics topics, boolean feedback, LatencyWindow latency) {
    this.topics = topics;
    this.feedback = feedback;
    this.latency = latency;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.poll.records", "5000",
                "max.partition.fetch.bytes", "4194304"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.thread = new Thread(this::read, "demo-output-reader");
  }

  /** Begins to read at the beginning of the topics. */
  void start() {
    thread.start();
  }

  /** What was read up to now. */
  OutputObservation observe() {
    synchronized (ledger) {
      return new OutputObservation(
          ledger.scored(),
          ledger.doubled(),
          ledger.foreign() + unreadable,
          ledger.labelled(),
          ledger.correct(),
          new EnumMap<>(deadLetters),
          servedVersion == 0
              ? Optional.empty()
              : Optional.of(
                  new OutputObservation.ServedModel(
                      servedVersion, HexFormat.of().formatHex(servedChecksum, 0, CHECKSUM_BYTES))));
    }
  }

  /** What was read of the feedback job up to now; empty if it does not run. */
  Optional<CalibrationObservation> observeCalibration() {
    if (!feedback) {
      return Optional.empty();
    }
    synchronized (ledger) {
      return Optional.of(new CalibrationObservation(windows.versions(), List.copyOf(decisions)));
    }
  }

  /** The offsets that are read next. */
  Map<TopicPartition, Long> positions() {
    synchronized (ledger) {
      return Map.copyOf(positions);
    }
  }

  /** Why reading ended, if it ended by itself. */
  Optional<KafkaException> failure() {
    return failure;
  }

  /** Ends reading. */
  @Override
  public void close() {
    stopped = true;
    consumer.wakeup();
    try {
      thread.join(JOIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      List<TopicPartition> partitions = new ArrayList<>();
      List<String> read =
          new ArrayList<>(List.of(topics.predictions(), topics.labels(), topics.deadLetters()));
      if (feedback) {
        read.addAll(List.of(topics.calibration(), topics.decisions()));
      }
      for (String topic : read) {
        for (int partition = 0; partition < topics.partitions(topic); partition++) {
          partitions.add(new TopicPartition(topic, partition));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!stopped) {
        count(consumer.poll(POLL));
      }
    } catch (WakeupException e) {
      LOG.debug("The reader of the output was told to stop");
    } catch (KafkaException e) {
      LOG.error("The reader of the output cannot go on", e);
      failure = Optional.of(e);
    }
  }

  private void count(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    long now = System.currentTimeMillis();
    synchronized (ledger) {
      records.nextOffsets().forEach((at, next) -> positions.put(at, next.offset()));
      for (ConsumerRecord<byte[], byte[]> message : records) {
        try {
          count(message, now);
        } catch (IOException e) {
          unreadable++;
          LOG.warn(
              "{}-{}@{} cannot be read: {}",
              message.topic(),
              message.partition(),
              message.offset(),
              e.getMessage());
        }
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> message, long now) throws IOException {
    if (message.topic().equals(topics.predictions())) {
      fields.readPrediction(message.value());
      ledger.predicted(fields.id().getBytes(), fields.id().getByteLength(), fields.label());
      latency.record(now - fields.time());
      servedVersion = fields.modelVersion();
      if (!Arrays.equals(servedChecksum, fields.checksum())) {
        System.arraycopy(fields.checksum(), 0, servedChecksum, 0, servedChecksum.length);
      }
    } else if (message.topic().equals(topics.labels())) {
      if (fields.readLabel(message.value())) {
        ledger.labelled(fields.id().getBytes(), fields.id().getByteLength(), fields.label());
      }
    } else if (message.topic().equals(topics.calibration())) {
      windows.add(
          new String(message.key(), StandardCharsets.UTF_8),
          SingleObjects.decode(CalibrationRecord.class, message.value()));
    } else if (message.topic().equals(topics.decisions())) {
      decisions.add(SingleObjects.decode(Decision.class, message.value()));
    } else {
      deadLetters.merge(fields.readReason(message.value()), 1L, Long::sum);
    }
  }
}
