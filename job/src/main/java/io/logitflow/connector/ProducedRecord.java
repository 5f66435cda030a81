package io.logitflow.connector;

/**
 * A record on its way to Kafka. Immutable by agreement, like {@link ConsumedRecord}.
 *
 * @param key key
 * @param value value
 * @param timestamp Kafka timestamp of the record in ms since the epoch, not negative
 */
public record ProducedRecord(byte[] key, byte[] value, long timestamp) {}
