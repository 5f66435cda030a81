package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.config.KafkaConfig;
import io.logitflow.config.ReadingRange;
import io.logitflow.config.StartingPoint;
import io.logitflow.config.TopicPoint;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.fetch.KafkaRunSource;
import io.logitflow.connector.fetch.KafkaSources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the source hands over is what a plain consumer reads. */
@Timeout(600)
final class KafkaRunSourceITCase {

  /** More than three runs of one partition. */
  private static final int RECORDS = 1_700;

  @TempDir static Path dir;
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @ParameterizedTest
  @CsvSource({"none,1", "lz4,2", "gzip,1"})
  void recordsAndTheirPlacesAreThoseOfAPlainConsumer(String compression, int parallelism)
      throws Exception {
    try (Topics topics = platform.topics(3)) {
      String topic = topics.prefix() + Topics.FEATURES;
      try (KafkaProducer<byte[], byte[]> producer = transactionalProducer(topic, compression)) {
        producer.initTransactions();
        transaction(producer, topic, 0, RECORDS, true);
        transaction(producer, topic, RECORDS, RECORDS + 100, false);
        transaction(producer, topic, RECORDS + 100, RECORDS + 200, true);
        // Behind the last record that is to be read come records that are not, and a marker.
        transaction(producer, topic, RECORDS + 200, RECORDS + 210, false);
      }

      assertThat(handedOver(topic, parallelism))
          .isEqualTo(byPartition(topics.readAll(Topics.FEATURES, KafkaRunSourceITCase::consumed)));
    }
  }

  private static KafkaProducer<byte[], byte[]> transactionalProducer(
      String topic, String compression) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            platform.broker().bootstrapServers(),
            "transactional.id",
            topic,
            "compression.type",
            compression,
            "linger.ms",
            "5"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Sends records to two of the three partitions, some without key, some without value. */
  private static void transaction(
      KafkaProducer<byte[], byte[]> producer, String topic, int from, int to, boolean commit) {
    producer.beginTransaction();
    for (int i = from; i < to; i++) {
      byte[] key = i % 5 == 0 ? null : ("key " + i).getBytes(StandardCharsets.UTF_8);
      byte[] value = i % 7 == 0 ? null : "v".repeat(i % 90).getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(new ProducerRecord<>(topic, i % 3 == 0 ? 2 : 0, 1_000L + i, key, value));
    }
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static Map<Integer, List<String>> handedOver(String topic, int parallelism)
      throws Exception {
    KafkaConfig kafka =
        new KafkaConfig(
            platform.broker().bootstrapServers(),
            Map.of("isolation.level", "read_committed", "group.id", topic),
            Map.of());
    StreamExecutionEnvironment env = platform.cluster().environment();
    env.setParallelism(parallelism);
    List<ConsumedRecord> records = new ArrayList<>();
    try (CloseableIterator<ConsumedRecord> iterator =
        env.fromSource(
                KafkaRunSource.of(
                    new KafkaSources(kafka),
                    topic,
                    new ReadingRange(
                        new StartingPoint.Earliest(), Optional.of(new TopicPoint.Latest()))),
                WatermarkStrategy.noWatermarks(),
                "runs")
            .flatMap(new Unpacking())
            .executeAndCollect()) {
      iterator.forEachRemaining(records::add);
    }
    return byPartition(records);
  }

  private static ConsumedRecord consumed(ConsumerRecord<byte[], byte[]> record) {
    return new ConsumedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }

  /** Everything of the records, in their order. */
  private static Map<Integer, List<String>> byPartition(List<ConsumedRecord> records) {
    Map<Integer, List<String>> texts = new TreeMap<>();
    for (ConsumedRecord record : records) {
      texts
          .computeIfAbsent(record.partition(), first -> new ArrayList<>())
          .add(
              record.place()
                  + " "
                  + record.timestamp()
                  + " "
                  + text(record.key())
                  + "="
                  + text(record.value()));
    }
    return texts;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Takes runs apart in the task of the source. */
  private static final class Unpacking implements FlatMapFunction<RecordRun, ConsumedRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RecordRun run, Collector<ConsumedRecord> out) {
      for (int i = 0; i < run.size(); i++) {
        out.collect(run.record(i));
      }
    }
  }
}
