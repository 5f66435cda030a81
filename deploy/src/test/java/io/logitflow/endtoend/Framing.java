package io.logitflow.endtoend;

import io.logitflow.config.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The headers that the wire formats put in front of Avro's binary encoding. */
final class Framing {

  private Framing() {}

  /**
   * The header of a wire format.
   *
   * @param id id of the schema in the registry, for the Confluent wire format
   */
  static byte[] header(WireFormat format, Schema schema, int id) {
    return switch (format) {
      case SINGLE_OBJECT ->
          ByteBuffer.allocate(10)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put((byte) 0xC3)
              .put((byte) 0x01)
              .putLong(SchemaNormalization.parsingFingerprint64(schema))
              .array();
      case CONFLUENT -> ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
      case BARE -> new byte[0];
    };
  }

  /** A record that is framed with {@code from}, framed with {@code to} instead. */
  static byte[] replace(byte[] record, byte[] from, byte[] to) {
    if (!Arrays.equals(record, 0, from.length, from, 0, from.length)) {
      throw new AssertionError(
          "begins with "
              + Arrays.toString(Arrays.copyOf(record, from.length))
              + ", expected "
              + Arrays.toString(from));
    }
    return ByteBuffer.allocate(record.length - from.length + to.length)
        .put(to)
        .put(record, from.length, record.length - from.length)
        .array();
  }
}
