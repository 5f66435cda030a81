package io.logitflow.connector.fetch;

import io.logitflow.config.EndPoint;
import io.logitflow.config.KafkaConfig;
import io.logitflow.config.ReadingRange;
import io.logitflow.config.StartingPoint;
import io.logitflow.config.TopicPoint;
import io.logitflow.connector.ConsumedRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Sources of a job's topics.
 *
 * @param kafka how to reach the broker, the consumer group among it
 */
public record KafkaSources(KafkaConfig kafka) {

  /** A source of the records of a topic as they are. */
  public Source<ConsumedRecord, ?, ?> records(String topic, ReadingRange range) {
    return records(topic, range, new ConsumedRecordDeserializer());
  }

  /**
   * A source of a topic.
   *
   * @param range where to begin if there is no state, and where to end
   * @param deserializer makes of the records what the source emits
   */
  public <T> Source<T, ?, ?> records(
      String topic, ReadingRange range, KafkaRecordDeserializationSchema<T> deserializer) {
    return source(topic, range, deserializer);
  }

  <T> KafkaRecordSource<T> source(
      String topic, ReadingRange range, KafkaRecordDeserializationSchema<T> deserializer) {
    Properties properties = readerProperties(topic, range.from());
    // The builder takes it from the starting offsets, and warns of one that it overrides.
    properties.remove(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);
    var builder =
        KafkaSource.<T>builder()
            .setTopics(topic)
            .setStartingOffsets(offsets(range.from()))
            .setDeserializer(deserializer)
            .setProperties(properties);
    range.to().ifPresent(to -> builder.setBounded(offsets(to)));
    return new KafkaRecordSource<>(builder.build(), properties);
  }

  /**
   * What the consumers of a topic get that KafkaSource would set itself, for sources that make
   * their readers themselves.
   *
   * @param from where to start if there is no state, and again if an offset is not there any more
   */
  public Properties readerProperties(String topic, StartingPoint from) {
    Properties properties = new Properties();
    properties.putAll(kafka.consumer());
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), "logitflow-" + topic);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        offsets(from).getAutoOffsetResetStrategy().name().toLowerCase(Locale.ROOT));
    return properties;
  }

  @SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
  private static OffsetsInitializer offsets(StartingPoint from) {
    if (from instanceof TopicPoint point) {
      return offsets(point, OffsetResetStrategy.EARLIEST);
    }
    return from instanceof StartingPoint.Committed
        ? OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)
        : OffsetsInitializer.earliest();
  }

  @SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
  private static OffsetsInitializer offsets(EndPoint to) {
    return offsets((TopicPoint) to, OffsetResetStrategy.LATEST);
  }

  @SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
  private static OffsetsInitializer offsets(TopicPoint point, OffsetResetStrategy unnamed) {
    if (point instanceof TopicPoint.Timestamp timestamp) {
      return OffsetsInitializer.timestamp(timestamp.time().toEpochMilli());
    }
    if (point instanceof TopicPoint.Ago ago) {
      return OffsetsInitializer.timestamp(Instant.now().minus(ago.age()).toEpochMilli());
    }
    return point instanceof TopicPoint.Offsets offsets
        ? new NamedOffsets(offsets.offsets(), unnamed)
        : OffsetsInitializer.latest();
  }
}
