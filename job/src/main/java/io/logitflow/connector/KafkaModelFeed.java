package io.logitflow.connector;

import io.logitflow.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the models topic with a consumer of its own, without a group: every subtask reads all of
 * it. A broker that goes away is waited for by the consumer's own rules.
 */
public final class KafkaModelFeed implements ModelFeed {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaModelFeed.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean closed;

  private KafkaModelFeed(
      KafkaConsumer<byte[], byte[]> consumer, String topic, String threadName, Listener listener) {
    this.consumer = consumer;
    this.topic = topic;
    this.listener = listener;
    this.thread = new Thread(this::run, threadName);
    this.thread.setDaemon(true);
  }

  /** Feeds from a topic. */
  public static Factory of(KafkaConfig kafka, String topic) {
    return (threadName, listener) -> {
      Properties properties = new Properties();
      properties.putAll(kafka.consumer());
      properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
      properties.put(
          ConsumerConfig.CLIENT_ID_CONFIG, threadName.replaceAll("[^A-Za-z0-9._-]+", "-"));
      properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
      KafkaModelFeed feed =
          new KafkaModelFeed(
              new KafkaConsumer<>(
                  properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
              topic,
              threadName,
              listener);
      feed.thread.start();
      return feed;
    };
  }

  private void run() {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      boolean behind = true;
      while (!closed) {
        if (behind && isPast(ends)) {
          behind = false;
          listener.caughtUp();
        }
        List<ConsumedRecord> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.add(ConsumedRecord.of(record));
        }
        if (!records.isEmpty()) {
          listener.records(records);
        }
      }
    } catch (WakeupException | InterruptedException | InterruptException e) {
      LOG.debug("The feed of {} was closed", topic);
    } catch (RuntimeException e) {
      if (!closed) {
        listener.failed(e);
      }
    } finally {
      // Closing the consumer would fail on an interrupt that was meant for the listener.
      var unused = Thread.interrupted();
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private boolean isPast(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    thread.interrupt();
  }
}
