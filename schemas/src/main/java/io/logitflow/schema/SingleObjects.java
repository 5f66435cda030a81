package io.logitflow.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Records of this package in Avro's single-object encoding, as they stand on the topics.
 *
 * <p>Avro makes objects only of classes that it is told to trust. Loading this class tells it to
 * trust those of this package, beside what it trusts already.
 */
public final class SingleObjects {

  private static final int HEADER_LENGTH = 10;
  private static final short MARKER = 0x01C3;

  static {
    String trusted = SingleObjects.class.getPackageName();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(trusted)));
  }

  private SingleObjects() {}

  /** Tells Avro to trust the classes of this package. Calling it again does no harm. */
  public static void trustSchemaPackage() {
    // Done when this class is loaded.
  }

  /**
   * Decodes a record from bytes that anybody may have written. Whatever they are, no more memory is
   * allocated than they warrant: the decoders of the generated classes believe the length of a
   * text.
   *
   * @throws IOException if the bytes are no such record, or more than one
   */
  public static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes)
      throws IOException {
    Schema schema = SpecificData.get().getSchema(type);
    if (bytes.length < HEADER_LENGTH) {
      throw new IOException(
          bytes.length + " bytes, expected a header of " + HEADER_LENGTH + " and a record");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort() != MARKER
        || header.getLong() != SchemaNormalization.parsingFingerprint64(schema)) {
      throw new IOException(
          "Begins with "
              + HexFormat.of().formatHex(bytes, 0, HEADER_LENGTH)
              + ", expected the header of "
              + schema.getFullName());
    }
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH, null);
    T record;
    try {
      record = new SpecificDatumReader<>(type).read(null, decoder);
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw new IOException("No whole " + schema.getFullName() + ": " + e, e);
    }
    if (!decoder.isEnd()) {
      throw new IOException("Bytes are left over after the " + schema.getFullName());
    }
    return record;
  }

  /**
   * Decodes a record that a program of ours wrote, such as {@code decode(Prediction.getDecoder(),
   * value)}.
   *
   * @throws IOException if the bytes are no such record
   */
  public static <T> T decode(MessageDecoder<T> decoder, byte[] bytes) throws IOException {
    try {
      return decoder.decode(bytes);
    } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new IOException("Not a record of the expected schema: " + e.getMessage(), e);
    }
  }

  /** Encodes a record, such as {@code encode(Label.getEncoder(), label)}. */
  public static <T> byte[] encode(MessageEncoder<T> encoder, T record) {
    try {
      ByteBuffer buffer = encoder.encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding into memory", e);
    }
  }
}
