package io.logitflow.connector;

import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.SingleObjects;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Turns records that could not be used into records of the dead-letter topic. */
public final class DeadLetters {

  private static final int MAX_KEY_BYTES = 1 << 14;

  /** Details quote what was found, which may be long. */
  private static final int MAX_DETAIL_LENGTH = 2000;

  private final String job;
  private final int maxBytes;

  /**
   * Creates the writer of a job's dead letters.
   *
   * @param job name of the job
   * @param maxBytes longer values are cut to this length, and longer keys to this length or 16 KiB,
   *     so that what was too large for the job is not too large for the topic of its dead letters
   */
  public DeadLetters(String job, int maxBytes) {
    this.job = job;
    this.maxBytes = maxBytes;
  }

  /**
   * Encodes a dead letter; its key is the place of the record.
   *
   * @param record record that could not be used
   * @param reason why
   * @param detail what was found and what was expected
   */
  public ProducedRecord encode(ConsumedRecord record, DeadLetterReason reason, String detail) {
    return encode(record, 0, reason, detail);
  }

  /**
   * Encodes a dead letter of a part of a record, such as a shadow prediction. Its key is the place
   * of the record and, behind a slash, the number of the part.
   *
   * @param record record that could not be used
   * @param part which part of it, from 1 on; 0 for the record itself
   * @param reason why
   * @param detail what was found and what was expected
   */
  public ProducedRecord encode(
      ConsumedRecord record, int part, DeadLetterReason reason, String detail) {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setReason(reason)
            .setDetail(
                detail.length() <= MAX_DETAIL_LENGTH
                    ? detail
                    : detail.substring(0, MAX_DETAIL_LENGTH))
            .setTopic(record.topic())
            .setPartition(record.partition())
            .setOffset(record.offset())
            .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
            .setRejectedAt(now)
            .setJob(job)
            .setKey(cut(record.key(), Math.min(maxBytes, MAX_KEY_BYTES)))
            .setValue(cut(record.value(), maxBytes))
            .setValueSize(record.value() == null ? -1 : record.value().length)
            .build();
    String place = record.topic() + "-" + record.partition() + "-" + record.offset();
    String key = part == 0 ? place : place + "/" + part;
    return new ProducedRecord(
        key.getBytes(StandardCharsets.UTF_8),
        SingleObjects.encode(DeadLetter.getEncoder(), letter),
        now.toEpochMilli());
  }

  private static ByteBuffer cut(byte[] bytes, int length) {
    if (bytes == null) {
      return null;
    }
    return ByteBuffer.wrap(bytes.length <= length ? bytes : Arrays.copyOf(bytes, length));
  }
}
