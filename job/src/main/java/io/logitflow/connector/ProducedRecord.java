package io.logitflow.connector;

/**
 * A record on its way to Kafka. Immutable by agreement, like {@link ConsumedRecord}.
 *
 * @param key key
 * @param value value
 * @param timestamp event time in ms since the epoch, the Kafka timestamp of the record
 */
public record ProducedRecord(byte[] key, byte[] value, long timestamp) {}
