package io.logitflow.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Records of this package in Avro's single-object encoding, as they stand on the topics.
 *
 * <p>Avro makes objects only of classes that it is told to trust. Loading this class tells it to
 * trust those of this package, beside what it trusts already.
 */
public final class SingleObjects {

  static {
    String trusted = SingleObjects.class.getPackageName();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(trusted)));
  }

  private SingleObjects() {}

  /**
   * Decodes a record, such as {@code decode(Prediction.getDecoder(), value)}.
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
