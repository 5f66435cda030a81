package io.logitflow.generator.encoding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes Avro's binary encoding into an array of the exact size. Source: Apache Avro specification
 * 1.12, "Binary Encoding".
 */
final class AvroBytes {
  private final byte[] bytes;
  private int position;

  AvroBytes(int size) {
    this.bytes = new byte[size];
  }

  /** Bytes that {@link #writeLong} takes. */
  static int sizeOf(long value) {
    long zigzag = (value << 1) ^ (value >> 63);
    return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
  }

  /** Bytes that {@link #writeLongs} takes. */
  static int sizeOf(int[] values) {
    int size = 0;
    for (int value : values) {
      size += sizeOf((long) value);
    }
    return size;
  }

  /** Writes an int or long: zigzag, seven bits a byte, least significant first. */
  AvroBytes writeLong(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
    return this;
  }

  /** Writes bytes as they are. */
  AvroBytes writeRaw(byte[] raw) {
    System.arraycopy(raw, 0, bytes, position, raw.length);
    position += raw.length;
    return this;
  }

  /** Writes a string: its length in bytes, then UTF-8. */
  AvroBytes writeString(byte[] utf8) {
    return writeLong(utf8.length).writeRaw(utf8);
  }

  /** Writes floats one after the other, little-endian: the content of an array block. */
  AvroBytes writeFloats(float[] values) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(position)
        .asFloatBuffer()
        .put(values);
    position += values.length * Float.BYTES;
    return this;
  }

  /** Writes ints one after the other: the content of an array block. */
  AvroBytes writeLongs(int[] values) {
    for (int value : values) {
      writeLong(value);
    }
    return this;
  }

  /**
   * The bytes.
   *
   * @throws IllegalStateException if fewer were written than announced
   */
  byte[] toArray() {
    if (position != bytes.length) {
      throw new IllegalStateException(position + " bytes written of " + bytes.length);
    }
    return bytes;
  }
}
