package io.logitflow.connector.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The header of Avro's single-object encoding. */
final class SingleObject {

  static final int HEADER_LENGTH = 10;
  static final byte[] MARKER = {(byte) 0xC3, 0x01};
  static final VarHandle FINGERPRINT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private SingleObject() {}

  /** The header of records of a schema. */
  static byte[] header(Schema schema) {
    byte[] header = new byte[HEADER_LENGTH];
    System.arraycopy(MARKER, 0, header, 0, MARKER.length);
    FINGERPRINT.set(header, MARKER.length, SchemaNormalization.parsingFingerprint64(schema));
    return header;
  }
}
