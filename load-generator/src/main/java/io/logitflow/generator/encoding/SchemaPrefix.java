package io.logitflow.generator.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The bytes before a record that say which schema wrote it. */
public final class SchemaPrefix {
  private SchemaPrefix() {}

  /** Single-object encoding: marker and the schema's CRC-64-AVRO fingerprint, little-endian. */
  public static byte[] singleObject(Schema schema) {
    return ByteBuffer.allocate(10)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xc3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  /** Confluent wire format: 0 and the schema's id in the registry, big-endian. */
  public static byte[] confluent(int schemaId) {
    return ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array();
  }

  /** Bare Avro: nothing. */
  public static byte[] none() {
    return new byte[0];
  }
}
