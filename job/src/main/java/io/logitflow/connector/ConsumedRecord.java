package io.logitflow.connector;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it came from Kafka. Immutable by agreement: nobody writes into its arrays, so that it
 * can be handed from operator to operator without copies.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param timestamp Kafka timestamp in ms since the epoch
 * @param key key, or null
 * @param value value, or null for a tombstone
 */
public record ConsumedRecord(
    String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {

  /** A record of Kafka's consumer. */
  public static ConsumedRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new ConsumedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }

  /** Where the record is: {@code topic-partition@offset}. */
  public String place() {
    return topic + "-" + partition + "@" + offset;
  }
}
