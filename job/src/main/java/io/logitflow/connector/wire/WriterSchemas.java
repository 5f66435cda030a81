package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Finds the writer schema of an encoded record by the header that its wire format puts in front.
 */
public interface WriterSchemas {

  /** Length of the header in bytes. */
  int headerLength();

  /**
   * The identity of the writer schema, as the header has it: equal for two records exactly if they
   * have the same schema.
   *
   * @param bytes array that an encoded record of at least {@link #headerLength} bytes is in
   * @param from where the record begins
   * @throws BadRecordException if there is no header of this wire format
   */
  long identity(byte[] bytes, int from) throws BadRecordException;

  /**
   * The schema of an identity.
   *
   * @throws BadRecordException if nobody knows it
   */
  Schema schema(long identity) throws BadRecordException;

  /** No header: every record has the same schema. */
  static WriterSchemas bare(Schema schema) {
    return new WriterSchemas() {
      @Override
      public int headerLength() {
        return 0;
      }

      @Override
      public long identity(byte[] bytes, int from) {
        return 0;
      }

      @Override
      public Schema schema(long identity) {
        return schema;
      }
    };
  }

  /**
   * Avro's single-object encoding, as {@link #singleObject(List, String)}.
   *
   * @param known every schema that may occur
   */
  static WriterSchemas singleObject(List<Schema> known) {
    return singleObject(known, "");
  }

  /**
   * Avro's single-object encoding: {@code C3 01} and the CRC-64-AVRO fingerprint of the schema,
   * little-endian.
   *
   * @param known every schema that may occur
   * @param advice what to do about a schema that is not known; may be empty
   */
  static WriterSchemas singleObject(List<Schema> known, String advice) {
    Map<Long, Schema> byFingerprint = new HashMap<>();
    for (Schema schema : known) {
      byFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }
    return new WriterSchemas() {
      @Override
      public int headerLength() {
        return SingleObject.HEADER_LENGTH;
      }

      @Override
      public long identity(byte[] bytes, int from) throws BadRecordException {
        if (bytes[from] != SingleObject.MARKER[0] || bytes[from + 1] != SingleObject.MARKER[1]) {
          throw new BadRecordException(
              DeadLetterReason.NOT_AVRO,
              String.format(
                  "begins with %02X %02X, single-object encoding begins with C3 01",
                  bytes[from], bytes[from + 1]));
        }
        return (long) SingleObject.FINGERPRINT.get(bytes, from + 2);
      }

      @Override
      public Schema schema(long identity) throws BadRecordException {
        Schema schema = byFingerprint.get(identity);
        if (schema == null) {
          throw new BadRecordException(
              DeadLetterReason.UNKNOWN_SCHEMA,
              String.format("no schema with the fingerprint %016X is known%s", identity, advice));
        }
        return schema;
      }
    };
  }

  /** Confluent's wire format: {@code 00} and the id of the schema in a registry, big-endian. */
  static WriterSchemas confluent(SchemaRegistry registry) {
    return new WriterSchemas() {
      @Override
      public int headerLength() {
        return 5;
      }

      @Override
      public long identity(byte[] bytes, int from) throws BadRecordException {
        if (bytes[from] != 0) {
          throw new BadRecordException(
              DeadLetterReason.NOT_AVRO,
              String.format(
                  "begins with %02X, the Confluent wire format begins with 00", bytes[from]));
        }
        return ByteBuffer.wrap(bytes, from + 1, 4).order(ByteOrder.BIG_ENDIAN).getInt();
      }

      @Override
      public Schema schema(long identity) throws BadRecordException {
        return registry.schema((int) identity);
      }
    };
  }
}
