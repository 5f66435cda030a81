package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes records of the project's own schemas, written with any version of them, by Avro's rules
 * of schema resolution. Makes objects, so it is for the topics beside the hot path. For one thread.
 *
 * @param <T> class of the records
 */
public final class RecordDecoder<T extends SpecificRecord> {

  /** Hostile headers may name any number of schemas; a stream has a few. */
  private static final int MAX_READERS = 1_000;

  static {
    SingleObjects.trustSchemaPackage();
  }

  private final WriterSchemas schemas;
  private final SpecificData data;
  private final Schema schema;
  private final int maxRecordBytes;
  private final Map<Long, SpecificDatumReader<T>> readers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SpecificDatumReader<T>> eldest) {
          return size() > MAX_READERS;
        }
      };

  private BinaryDecoder decoder;

  /**
   * Creates a decoder.
   *
   * @param schemas how to find the writer schema
   * @param type class of the records
   * @param maxRecordBytes largest record that is decoded
   */
  public RecordDecoder(WriterSchemas schemas, Class<T> type, int maxRecordBytes) {
    this.schemas = schemas;
    this.data = new SpecificData(type.getClassLoader());
    this.schema = data.getSchema(type);
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * Decodes a record.
   *
   * @param bytes the encoded record with the header of its wire format; null for a tombstone
   * @throws BadRecordException if the record cannot be used
   */
  public T decode(byte[] bytes) throws BadRecordException {
    if (bytes == null) {
      throw new BadRecordException(DeadLetterReason.TOMBSTONE, "the value is null");
    }
    // Avro believes the length of an array before it has read it, so the record's own is limited.
    if (bytes.length > maxRecordBytes) {
      throw new BadRecordException(
          DeadLetterReason.TOO_LARGE, bytes.length + " bytes, at most " + maxRecordBytes);
    }
    if (bytes.length < schemas.headerLength()) {
      throw new BadRecordException(
          DeadLetterReason.NOT_AVRO,
          bytes.length + " bytes, the header alone has " + schemas.headerLength());
    }
    SpecificDatumReader<T> reader = reader(schemas.identity(bytes, 0));
    int from = schemas.headerLength();
    decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, decoder);
    T record;
    try {
      record = reader.read(null, decoder);
      if (decoder.isEnd()) {
        return record;
      }
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new BadRecordException(
          DeadLetterReason.MALFORMED, "no whole " + schema.getFullName() + ": " + e);
    }
    throw new BadRecordException(
        DeadLetterReason.MALFORMED, "bytes are left over after the " + schema.getFullName());
  }

  private SpecificDatumReader<T> reader(long identity) throws BadRecordException {
    SpecificDatumReader<T> known = readers.get(identity);
    if (known != null) {
      return known;
    }
    Schema writer = schemas.schema(identity);
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(writer, schema, data);
    readers.put(identity, reader);
    return reader;
  }
}
