package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decodes encoded feature records into rows. Compiles a plan at the first record of a writer schema
 * and keeps it; a schema that cannot be used is remembered as well. For one thread.
 */
public final class FeatureDecoder {

  /** Hostile headers may name any number of schemas; a stream has a few. */
  private static final int MAX_PLANS = 1_000;

  /** A plan, or why there is none. */
  private record Compiled(DecodingPlan plan, BadRecordException problem) {}

  private final WriterSchemas schemas;
  private final FeatureFields fields;
  private final int maxRecordBytes;
  private final AvroCursor cursor = new AvroCursor();
  private final Map<Long, Compiled> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Compiled> eldest) {
          return size() > MAX_PLANS;
        }
      };

  private boolean hasLast;
  private long lastIdentity;
  private Compiled last;

  /**
   * Creates a decoder.
   *
   * @param schemas how to find the writer schema
   * @param fields which fields to read
   * @param maxRecordBytes largest record that is decoded
   */
  public FeatureDecoder(WriterSchemas schemas, FeatureFields fields, int maxRecordBytes) {
    this.schemas = schemas;
    this.fields = fields;
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * Decodes a record.
   *
   * @param bytes array that the encoded record is in, with the header of its wire format; null for
   *     a tombstone
   * @param from where the record begins in the array
   * @param length length of the record
   * @param row where the record goes; undefined after a failure
   * @throws BadRecordException if the record cannot be used
   */
  public void decode(byte[] bytes, int from, int length, FeatureRow row) throws BadRecordException {
    if (bytes == null) {
      throw new BadRecordException(DeadLetterReason.TOMBSTONE, "the value is null");
    }
    if (length > maxRecordBytes) {
      throw new BadRecordException(
          DeadLetterReason.TOO_LARGE, length + " bytes, max-record-bytes is " + maxRecordBytes);
    }
    if (length < schemas.headerLength()) {
      throw new BadRecordException(
          DeadLetterReason.NOT_AVRO,
          length + " bytes, the header alone has " + schemas.headerLength());
    }
    DecodingPlan plan = plan(schemas.identity(bytes, from));
    cursor.reset(bytes, from, length, schemas.headerLength());
    plan.decode(cursor, row);
  }

  private DecodingPlan plan(long identity) throws BadRecordException {
    if (!hasLast || identity != lastIdentity) {
      Compiled known = plans.get(identity);
      last = known != null ? known : compile(identity);
      lastIdentity = identity;
      hasLast = true;
    }
    if (last.problem() != null) {
      throw last.problem();
    }
    return last.plan();
  }

  private Compiled compile(long identity) throws BadRecordException {
    // Not remembered: a registry may learn a schema that it does not know now.
    var schema = schemas.schema(identity);
    Compiled compiled;
    try {
      compiled = new Compiled(DecodingPlan.compile(schema, fields), null);
    } catch (BadRecordException e) {
      compiled = new Compiled(null, e);
    }
    plans.put(identity, compiled);
    return compiled;
  }
}
