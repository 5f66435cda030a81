package io.logitflow.launcher.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.connector.TopicCreation;
import io.logitflow.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ModelTopicITCase {

  @TempDir private static Path dir;

  private static EmbeddedBroker broker;
  private String topic;

  @BeforeAll
  static void start() throws Exception {
    broker =
        EmbeddedBroker.start(
            dir,
            0,
            Map.of(
                "log.cleaner.backoff.ms", "100",
                "log.segment.delete.delay.ms", "100",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "100"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void nameTopic(TestInfo test) {
    topic = "models-" + test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void publishesPromotesAndRollsBack() throws Exception {
    try (ModelTopic models = open()) {
      assertThat(models.createIfMissing()).isTrue();
      assertThat(models.createIfMissing()).isFalse();
      assertThat(models.read().models()).isEmpty();

      assertThat(models.publish(model(1))).isEqualTo(1);
      assertThat(models.publish(model(2))).isEqualTo(2);
      models.publish(model(3), 7);
      assertThat(models.publish(model(4))).isEqualTo(8);
      models.promote("m", 1, "ada", "first");
      models.challenge("m", "challenger", "2", "ada", "");
      List<AliasMove> moves = models.promote("m", ModelKey.CHALLENGER, "ada", "better");

      assertThat(moves)
          .extracting(AliasMove::toString)
          .containsExactly("previous none -> 1", "champion 1 -> 2", "challenger 2 -> none");
      ModelCatalogue catalogue = models.read();
      assertThat(catalogue.problems()).isEmpty();
      assertThat(catalogue.versions("m").keySet()).containsExactly(1L, 2L, 7L, 8L);
      assertThat(catalogue.version("m", 7)).hasValue(model(3).withVersion(7));
      assertThat(catalogue.aliases("m").keySet()).containsExactly("champion", "previous");
      assertThat(catalogue.aliases("m").get("champion"))
          .satisfies(
              champion -> {
                assertThat(champion.version()).isEqualTo(2);
                assertThat(champion.changedBy()).isEqualTo("ada");
                assertThat(champion.reason()).isEqualTo("better");
              });

      models.rollback("m", "ada", "worse");

      assertThat(models.read().alias("m", "champion")).hasValue(1);
      assertThat(models.read().alias("m", "previous")).hasValue(2);
    }
  }

  /** Kafka answers a creation before its broker shows the topic: often enough to show in 100. */
  @Test
  void topicCanBeReadAsSoonAsItIsCreated() throws Exception {
    try (ModelTopic models = open()) {
      assertThat(models.createIfMissing()).isTrue();
      assertThat(models.read().models()).isEmpty();
    }
    // Without waiting, one creation in some sixty was not shown yet.
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      for (int i = 0; i < 100; i++) {
        String created = topic + "-" + i;
        new TopicCreation(admin).create(new NewTopic(created, 1, (short) 1));
        assertThat(admin.describeTopics(List.of(created)).allTopicNames().get()).hasSize(1);
      }
    }
  }

  @Test
  void refusesWhatWouldBreakTheCatalogue() throws Exception {
    try (ModelTopic models = open()) {
      models.createIfMissing();
      models.publish(model(1));
      models.publish(model(2));
      models.promote("m", 1, "", "");

      assertThatThrownBy(() -> models.publish(model(3), 2))
          .isInstanceOf(ModelTopicException.class)
          .hasMessage("Version 2 of model 'm' exists or was deleted; the next free one is 3");
      assertThatThrownBy(() -> models.promote("m", 9, "", ""))
          .hasMessage("Model 'm' has no version 9; it has 1, 2");
      assertThatThrownBy(() -> models.rollback("m", "", ""))
          .hasMessageContaining("has no previous champion");
      assertThatThrownBy(() -> models.delete("m", 1))
          .hasMessage("Version 1 of model 'm' is the champion; move or remove that alias first");
      assertThatThrownBy(() -> models.delete("m", 5)).hasMessageContaining("has no version 5");
      assertThat(models.read().versions("m").keySet()).containsExactly(1L, 2L);
    }
  }

  /** Two who decide at the same time: the second must not undo what the first has done. */
  @Test
  void replacesNoOtherChampionThanTheOneThatWasDecidedOn() throws Exception {
    try (ModelTopic models = open()) {
      models.createIfMissing();
      models.publish(model(1));
      models.publish(model(2));
      models.publish(model(3));
      assertThatThrownBy(() -> models.replace("m", 1, 2, "", ""))
          .hasMessage("Version 1 is not the champion of model 'm' any more: it has none");
      models.promote("m", 1, "", "");

      assertThat(models.replace("m", 1, 2, "feedback", "better")).isNotEmpty();
      assertThat(models.replace("m", 1, 2, "feedback", "better")).isEmpty();
      assertThatThrownBy(() -> models.replace("m", 1, 3, "feedback", "calibrated"))
          .isInstanceOf(ModelTopicException.class)
          .hasMessage("Version 1 is not the champion of model 'm' any more: version 2 is");
      assertThat(models.read().alias("m", ModelKey.CHAMPION)).hasValue(2);
    }
  }

  @Test
  void deletedVersionIsGoneAndItsNumberIsNotGivenAgain() throws Exception {
    try (ModelTopic models = open()) {
      models.createIfMissing();
      models.publish(model(1));
      models.publish(model(2));
      models.challenge("m", "challenger", "2", "", "");
      models.removeAlias("m", ModelKey.CHALLENGER);
      models.delete("m", 2);

      assertThat(models.read().versions("m").keySet()).containsExactly(1L);
      assertThatThrownBy(() -> models.publish(model(2), 2)).hasMessageContaining("was deleted");
      assertThat(models.publish(model(2))).isEqualTo(3);
    }
  }

  @Test
  void compactionLosesNothing() throws Exception {
    broker.createTopic(
        topic,
        1,
        Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "1048576",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.001"));
    try (ModelTopic models = open()) {
      models.publish(model(1));
      models.publish(model(2));
      models.publish(model(3));
      models.delete("m", 3);
      for (int i = 0; i < 20; i++) {
        models.promote("m", 1 + i % 2, "ada", "turn " + i);
      }
      // Each move of the challenger rolls the segment, so that those before it can be compacted.
      while (recordsOf("m/alias/champion") > 3) {
        models.challenge("m", "challenger", "1", "", "");
        models.removeAlias("m", ModelKey.CHALLENGER);
      }

      ModelCatalogue catalogue = models.read();
      assertThat(catalogue.versions("m").keySet()).containsExactly(1L, 2L);
      assertThat(catalogue.aliases("m").get("champion").version()).isEqualTo(2);
      assertThat(catalogue.aliases("m").get("champion").reason()).isEqualTo("turn 19");
      assertThat(catalogue.alias("m", "previous")).hasValue(1);
      assertThat(catalogue.nextVersion("m")).isEqualTo(4);
    }
  }

  @Test
  void writerThatStoppedHalfWayIsFencedOffAndHoldsNobodyUp() throws Exception {
    try (ModelTopic models = open();
        KafkaProducer<byte[], byte[]> other =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    broker.bootstrapServers(),
                    "transactional.id",
                    "logitflow-" + topic),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      models.createIfMissing();
      models.publish(model(1));
      other.initTransactions();
      other.beginTransaction();
      other.send(new ProducerRecord<>(topic, "m/version/1".getBytes(UTF_8), (byte[]) null)).get();

      assertThat(models.read().versions("m").keySet()).containsExactly(1L);
      assertThat(models.publish(model(2))).isEqualTo(2);
      assertThatThrownBy(other::commitTransaction).isInstanceOf(ProducerFencedException.class);
      assertThat(models.read().versions("m").keySet()).containsExactly(1L, 2L);
    }
  }

  /** A machine that stands still in the middle of a transaction, longer than its timeout. */
  @Test
  void changeThatTheBrokerGaveUpIsDecidedAndWrittenAgain() throws Exception {
    Map<String, String> heldUp =
        Map.of(
            "transaction.timeout.ms", "200",
            "interceptor.classes", HoldsUp.class.getName(),
            "batch.size", "1",
            "max.in.flight.requests.per.connection", "1");
    try (ModelTopic models = open();
        ModelTopic slow = new ModelTopic(broker.bootstrapServers(), topic, heldUp)) {
      models.createIfMissing();
      models.publish(model(1));
      models.publish(model(2));

      HoldsUp.transactions(1);
      assertThat(slow.promote("m", 1, "ada", "held up before the commit"))
          .extracting(AliasMove::toString)
          .containsExactly("champion none -> 1");
      HoldsUp.transactions(1);
      assertThat(slow.promote("m", 2, "ada", "held up between two records"))
          .extracting(AliasMove::toString)
          .containsExactly("previous none -> 1", "champion 1 -> 2");
      assertThat(models.read().alias("m", ModelKey.CHAMPION)).hasValue(2);

      HoldsUp.transactions(3);
      assertThatThrownBy(() -> slow.publish(model(3)))
          .isInstanceOf(ModelTopicException.class)
          .hasMessageContaining("gave up the change of topic '%s' 3 times".formatted(topic))
          .hasMessageContaining("nothing was written");
      assertThat(models.read().versions("m").keySet()).containsExactly(1L, 2L);
    }
  }

  /**
   * Keeps a producer from going on until the broker has aborted the transaction. A consumer's
   * interceptor too, as both clients get the same properties.
   */
  public static final class HoldsUp
      implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

    private static int left;
    private String transactionalId;

    static void transactions(int count) {
      left = count;
    }

    @Override
    public void configure(Map<String, ?> configs) {
      transactionalId = (String) configs.get("transactional.id");
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      return record;
    }

    /** On the thread that sends the next records and the commit. */
    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
      if (left > 0) {
        left--;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
          while (stateOf(admin) != TransactionState.COMPLETE_ABORT) {
            Thread.onSpinWait();
          }
        } catch (InterruptedException | ExecutionException e) {
          throw new AssertionError(e);
        }
      }
    }

    private TransactionState stateOf(Admin admin) throws InterruptedException, ExecutionException {
      return admin
          .describeTransactions(List.of(transactionalId))
          .description(transactionalId)
          .get()
          .state();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
  }

  @Test
  void modelOfSeveralMegabytesGoesThroughAndOneTooLargeIsRefused() throws Exception {
    try (ModelTopic models = open()) {
      models.createIfMissing();
      Model large = large();
      assertThat(models.publish(large)).isEqualTo(1);
      assertThat(models.read().version("large", 1)).hasValue(large);
    }
    topic += "-small";
    broker.createTopic(
        topic, 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "100000"));
    try (ModelTopic models = open()) {
      assertThatThrownBy(() -> models.publish(large()))
          .isInstanceOf(ModelTopicException.class)
          .hasMessageContaining("large/version/1 takes 4,")
          .hasMessageContaining("takes records up to 100,000: raise its max.message.bytes");
      assertThat(models.publish(model(1))).isEqualTo(1);
    }
  }

  @Test
  void recordThatIsNoModelIsPassedOver() throws Exception {
    try (ModelTopic models = open();
        KafkaProducer<byte[], byte[]> other =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      models.createIfMissing();
      other.send(new ProducerRecord<>(topic, "m/version/4".getBytes(UTF_8), new byte[7])).get();

      assertThat(models.read().problems())
          .singleElement()
          .asString()
          .startsWith(topic + "-0@0: m/version/4: ");
      assertThat(models.publish(model(1))).isEqualTo(5);
    }
  }

  @Test
  void missingTopicIsNamed() {
    try (ModelTopic models = open()) {
      assertThatThrownBy(models::read)
          .isInstanceOf(ModelTopicException.class)
          .hasMessageStartingWith("Topic '%s' does not exist at ".formatted(topic));
      assertThatThrownBy(() -> models.publish(model(1)))
          .isInstanceOf(ModelTopicException.class)
          .hasMessageStartingWith("Topic '%s' does not exist at ".formatted(topic));
    }
  }

  @Test
  void topicThatWouldLoseModelsIsRefused() throws Exception {
    broker.createTopic(topic, 1, Map.of());
    try (ModelTopic models = open()) {
      assertThatThrownBy(models::createIfMissing)
          .isInstanceOf(ModelTopicException.class)
          .hasMessageContaining("has cleanup.policy=delete");
    }
  }

  @Test
  void brokerThatDoesNotAnswerIsNamed() {
    Map<String, String> impatient =
        Map.of("default.api.timeout.ms", "1500", "request.timeout.ms", "1000");
    try (ModelTopic models = new ModelTopic("127.0.0.1:1", "models", impatient)) {
      assertThatThrownBy(models::read)
          .isInstanceOf(ModelTopicException.class)
          .hasMessageStartingWith("No Kafka broker answers at 127.0.0.1:1: is it running");
    }
  }

  @Test
  void addressThatIsNoneIsNamed() {
    try (ModelTopic models = new ModelTopic("nonsense", "models", Map.of())) {
      assertThatThrownBy(models::read)
          .isInstanceOf(ModelTopicException.class)
          .hasMessageContaining("nonsense");
    }
  }

  private ModelTopic open() {
    return new ModelTopic(broker.bootstrapServers(), topic, Map.of());
  }

  /** Number of records of a key that the log still holds. */
  private long recordsOf(String key) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "fetch.max.wait.ms", 50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long[] count = new long[1];
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> count[0] += new String(record.key(), UTF_8).equals(key) ? 1 : 0);
      }
      return count[0];
    }
  }

  private static Model model(float weight) throws InvalidModelException {
    return Model.builder()
        .name("m")
        .createdAt(Instant.EPOCH)
        .layers(
            List.of(
                new LinearLayer(
                    Tensor.float32(new float[] {weight, 0, 0, 1}, 2, 2), Optional.empty())))
        .build();
  }

  private static Model large() throws InvalidModelException {
    return Model.builder()
        .name("large")
        .createdAt(Instant.EPOCH)
        .layers(
            List.of(
                new LinearLayer(
                    Tensor.float32(new float[1024 * 1024], 1024, 1024), Optional.empty())))
        .build();
  }
}
