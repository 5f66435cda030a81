package io.logitflow.connector.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Encodes records with the Avro library, the oracle of the decoder. */
final class AvroEncoding {

  private AvroEncoding() {}

  /** Bare Avro, arrays in one block. */
  static byte[] bare(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return write(record, EncoderFactory.get().directBinaryEncoder(out, null), out);
  }

  /** Bare Avro, arrays in blocks of at most {@code blockSize} bytes, with negative counts. */
  static byte[] blocked(GenericRecord record, int blockSize) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return write(
        record,
        new EncoderFactory().configureBlockSize(blockSize).blockingBinaryEncoder(out, null),
        out);
  }

  private static byte[] write(
      GenericRecord record, BinaryEncoder encoder, ByteArrayOutputStream out) {
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
