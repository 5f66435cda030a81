package io.logitflow.scoring;

import io.logitflow.classifier.FeatureBatch;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;

/**
 * The records that are scored together: a row-major arena {@code [capacity, features]} and what
 * else is needed of each. Allocated once and filled again and again; it is emptied before every
 * checkpoint, so it is no state.
 */
final class MicroBatch {

  private final int featureCount;
  private final float[] features;
  private final FeatureRow[] rows;
  private final ConsumedRecord[] records;
  private int size;
  private long oldestTimestamp;

  MicroBatch(int capacity, int featureCount) {
    this.featureCount = featureCount;
    this.features = new float[Math.multiplyExact(capacity, featureCount)];
    this.rows = new FeatureRow[capacity];
    this.records = new ConsumedRecord[capacity];
    for (int i = 0; i < capacity; i++) {
      rows[i] = new FeatureRow(features, i * featureCount, featureCount);
    }
    clear();
  }

  /**
   * Decodes a record into the next row.
   *
   * @throws BadRecordException if it cannot be used; the batch is as before
   */
  void add(ConsumedRecord record, FeatureDecoder decoder) throws BadRecordException {
    decoder.decode(record.value(), rows[size]);
    records[size] = record;
    oldestTimestamp = Math.min(oldestTimestamp, record.timestamp());
    size++;
  }

  /** Empties the batch. */
  void clear() {
    size = 0;
    oldestTimestamp = Long.MAX_VALUE;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == rows.length;
  }

  int size() {
    return size;
  }

  int featureCount() {
    return featureCount;
  }

  /** Features, {@code [size, featureCount]}. */
  float[] features() {
    return features;
  }

  /** The rows as a classifier takes them. */
  FeatureBatch featureBatch() {
    return new FeatureBatch(features, size, index -> rows[index].idHash());
  }

  FeatureRow row(int index) {
    return rows[index];
  }

  ConsumedRecord record(int index) {
    return records[index];
  }

  /** Least Kafka timestamp of the records, in ms since the epoch. */
  long oldestTimestamp() {
    return oldestTimestamp;
  }
}
