package io.logitflow.generator.sink;

/** Where encoded records go. Used by one thread. */
public interface RecordSink extends AutoCloseable {

  /**
   * Sends a feature record.
   *
   * @param id the key, in UTF-8
   * @param value encoded
   * @param time event time and Kafka timestamp, in milliseconds since 1970
   * @throws DeliveryException if this or an earlier record cannot be delivered
   */
  void sendFeatures(byte[] id, byte[] value, long time) throws InterruptedException;

  /**
   * Sends a label.
   *
   * @param trueProbabilities what the label was drawn from, [classes]; of length 0 if unknown
   * @throws DeliveryException if this or an earlier record cannot be delivered
   */
  void sendLabel(byte[] id, byte[] value, long time, double[] trueProbabilities)
      throws InterruptedException;

  /**
   * Waits until every record is delivered.
   *
   * @throws DeliveryException if one cannot be
   */
  void flush() throws InterruptedException;

  /** Gives up what is not delivered yet and frees everything. */
  @Override
  void close();
}
