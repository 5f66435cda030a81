package io.logitflow.connector;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Hands bytes to the producer. */
final class ProducedRecordSerializer implements KafkaRecordSerializationSchema<ProducedRecord> {

  private static final long serialVersionUID = 1L;

  private final String topic;

  ProducedRecordSerializer(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ProducedRecord element, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(topic, null, element.timestamp(), element.key(), element.value());
  }
}
