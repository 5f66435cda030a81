package io.logitflow.connector;

import io.logitflow.config.KafkaConfig;
import io.logitflow.config.StartingPoint;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Sources of a job's topics.
 *
 * @param kafka how to reach the broker, the consumer group among it
 */
public record KafkaSources(KafkaConfig kafka) {

  /**
   * A source of a topic.
   *
   * @param from where to start if there is no state
   * @param bounded whether to end at the offsets that are the last ones at the start
   */
  public KafkaSource<ConsumedRecord> records(String topic, StartingPoint from, boolean bounded) {
    Properties properties = new Properties();
    properties.putAll(kafka.consumer());
    var builder =
        KafkaSource.<ConsumedRecord>builder()
            .setBootstrapServers(kafka.bootstrapServers())
            .setTopics(topic)
            .setClientIdPrefix("logitflow-" + topic)
            .setStartingOffsets(offsets(from))
            .setDeserializer(new ConsumedRecordDeserializer())
            .setProperties(properties);
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  @SuppressWarnings("deprecation") // Kafka deprecates the type, the connector has no other.
  private static OffsetsInitializer offsets(StartingPoint from) {
    if (from instanceof StartingPoint.Timestamp timestamp) {
      return OffsetsInitializer.timestamp(timestamp.time().toEpochMilli());
    }
    if (from instanceof StartingPoint.Latest) {
      return OffsetsInitializer.latest();
    }
    if (from instanceof StartingPoint.Committed) {
      return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    }
    return OffsetsInitializer.earliest();
  }
}
