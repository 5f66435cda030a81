package io.logitflow.endtoend;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.connector.ModelKey;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.ModelAlias;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a test: written and read with plain Kafka clients and the Avro library. */
final class Topics implements AutoCloseable {

  static final String FEATURES = "features";
  static final String MODELS = "models";
  static final String PREDICTIONS = "predictions";
  static final String DEAD_LETTERS = "dead-letters";

  private final String prefix;
  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();

  private Topics(EmbeddedBroker broker, String prefix) {
    this.prefix = prefix;
    this.bootstrapServers = broker.bootstrapServers();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.idempotence",
                "false",
                "max.in.flight.requests.per.connection",
                "1",
                "linger.ms",
                "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Creates the topics of a scoring job. */
  static Topics create(EmbeddedBroker broker, int featurePartitions) throws Exception {
    return create(broker, "", featurePartitions);
  }

  /** Creates the topics of a scoring job with the option {@code topic-prefix}. */
  static Topics create(EmbeddedBroker broker, String prefix, int featurePartitions)
      throws Exception {
    broker.createTopic(prefix + FEATURES, featurePartitions, Map.of());
    broker.createTopic(prefix + MODELS, 1, Map.of("cleanup.policy", "compact"));
    broker.createTopic(prefix + PREDICTIONS, 2, Map.of());
    broker.createTopic(prefix + DEAD_LETTERS, 1, Map.of());
    return new Topics(broker, prefix);
  }

  /** Publishes a version. */
  void publish(Model model) {
    send(
        MODELS,
        new ModelKey.Version(model.name(), model.version()).format(),
        ModelContainer.encode(model));
  }

  /** Points an alias at a version. */
  void alias(String model, String alias, long version) {
    ModelAlias value =
        ModelAlias.newBuilder()
            .setModel(model)
            .setAlias(alias)
            .setVersion(version)
            .setChangedAt(Instant.now())
            .build();
    send(
        MODELS,
        new ModelKey.Alias(model, alias).format(),
        SingleObjects.encode(ModelAlias.getEncoder(), value));
  }

  /** Takes an alias away. */
  void removeAlias(String model, String alias) {
    send(MODELS, new ModelKey.Alias(model, alias).format(), null);
  }

  /** What every topic's name begins with. */
  String prefix() {
    return prefix;
  }

  /** Sends a record with a partition chosen by its key. */
  void send(String topic, String key, byte[] value) {
    send(topic, null, key, value);
  }

  /** Sends a record with the Kafka timestamp of now; does not wait. */
  void send(String topic, Integer partition, String key, byte[] value) {
    send(topic, partition, null, key, value);
  }

  /** Sends a record with a Kafka timestamp; does not wait. */
  void send(String topic, Integer partition, Instant timestamp, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    Long millis = timestamp == null ? null : timestamp.toEpochMilli();
    var unused =
        producer.send(
            new ProducerRecord<>(prefix + topic, partition, millis, keyBytes, value),
            (metadata, failure) -> {
              if (failure != null) {
                sendFailure.compareAndSet(null, failure);
              }
            });
  }

  /** Waits until everything that was sent has arrived; fails if something did not. */
  void flush() {
    producer.flush();
    Exception failure = sendFailure.get();
    if (failure != null) {
      throw new AssertionError("A record was not sent", failure);
    }
  }

  /** A reader of the committed predictions. */
  TopicReader<Prediction> predictionReader() {
    return new TopicReader<>(bootstrapServers, prefix + PREDICTIONS, Topics::prediction);
  }

  /** Reads committed predictions from the beginning until {@code enough}. */
  List<Prediction> predictions(Predicate<List<Prediction>> enough) {
    return read(PREDICTIONS, enough, Topics::prediction);
  }

  /** Reads committed dead letters from the beginning until {@code enough}. */
  List<DeadLetter> deadLetters(Predicate<List<DeadLetter>> enough) {
    return read(DEAD_LETTERS, enough, Topics::deadLetter);
  }

  /** A record of the dead letters. */
  static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
    try {
      return SingleObjects.decode(DeadLetter.getDecoder(), record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record of the predictions in single-object encoding. */
  static Prediction prediction(ConsumerRecord<byte[], byte[]> record) {
    try {
      return SingleObjects.decode(Prediction.getDecoder(), record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns a record into an object. */
  interface Conversion<T> {
    T convert(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Reads committed records of a topic from the beginning until {@code enough}; fails after a
   * minute.
   */
  <T> List<T> read(String topic, Predicate<List<T>> enough, Conversion<T> conversion) {
    return read(topic, (consumer, read) -> enough.test(read), conversion);
  }

  /** Reads all committed records that a topic holds now. */
  <T> List<T> readAll(String topic, Conversion<T> conversion) {
    return read(
        topic,
        (consumer, read) ->
            consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue()),
        conversion);
  }

  private <T> List<T> read(
      String topic,
      BiPredicate<KafkaConsumer<byte[], byte[]>, List<T>> enough,
      Conversion<T> conversion) {
    List<T> read = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.poll.records", "5000",
                // Closing waits for the fetch on its way, and at an end the broker keeps it.
                "fetch.max.wait.ms", "50"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(prefix + topic).stream()
              .map(partition -> new TopicPartition(prefix + topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!enough.test(consumer, read)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "Gave up waiting on " + prefix + topic + " after " + read.size() + " records");
        }
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> read.add(conversion.convert(record)));
      }
    }
    return read;
  }

  @Override
  public void close() {
    producer.close();
  }
}
