package io.logitflow.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path dataDir;

  @Test
  void recordsSurviveARestartOnTheSamePort() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      String before = broker.bootstrapServers();
      broker.createTopic("colours", 1, Map.of("retention.ms", "-1"));
      send(broker, "red", "green");

      broker.restart();

      assertThat(broker.bootstrapServers()).isEqualTo(before);
      send(broker, "blue");
      assertThat(read(broker, 3)).containsExactly("red", "green", "blue");
    }
  }

  @Test
  void aNewBrokerOnTheDirectoryOfAnOldOneHasItsRecords() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      broker.createTopic("colours", 1, Map.of());
      send(broker, "red");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      assertThat(read(broker, 1)).containsExactly("red");
    }
  }

  @Test
  void twoBrokersRunAtOnce() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(dataDir.resolve("first"), 0);
        EmbeddedBroker second = EmbeddedBroker.start(dataDir.resolve("second"), 0)) {
      first.createTopic("colours", 1, Map.of());
      second.createTopic("colours", 1, Map.of());
      send(first, "red");
      send(second, "blue");

      assertThat(read(first, 1)).containsExactly("red");
      assertThat(read(second, 1)).containsExactly("blue");
    }
  }

  @Test
  void aBusyPortIsNamed() throws IOException {
    try (ServerSocket busy =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(dataDir, busy.getLocalPort()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("port " + busy.getLocalPort() + " on 127.0.0.1 is in use");
    }
  }

  @Test
  void aTopicThatExistsIsNotCreatedAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dataDir, 0)) {
      broker.createTopic("colours", 1, Map.of());

      assertThatThrownBy(() -> broker.createTopic("colours", 1, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("topic 'colours'")
          .hasMessageContaining("already exists");
    }
  }

  private static void send(EmbeddedBroker broker, String... values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>("colours", value.getBytes(UTF_8))).get();
      }
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition("colours", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(500))) {
          values.add(new String(message.value(), UTF_8));
        }
      }
    }
    return values;
  }
}
