package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Counts and sums in as few bytes as they need; every value has one encoding. */
final class CompactNumbers {

  private static final int MAX_VARINT_BITS = 63;

  private CompactNumbers() {}

  /** Writes a number in zigzag and groups of 7 bits, low ones first, as Avro does. */
  static void writeLong(DataOutput out, long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readLong(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        if ((shift > 0 && next == 0) || (shift == MAX_VARINT_BITS && next > 1)) {
          throw new IOException("a number of the calibration statistics is not as it is written");
        }
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number of the calibration statistics does not end");
  }

  /** Reads a number from 0 to a maximum. */
  static int readIndex(DataInput in, int max, String what) throws IOException {
    long value = readLong(in);
    if (value < 0 || value > max) {
      throw new IOException("%s is %d, expected 0 to %d".formatted(what, value, max));
    }
    return (int) value;
  }

  /** Writes the length of an unscaled sum, then its bytes. */
  static void writeSum(DataOutput out, long[] words, int at) throws IOException {
    byte[] bytes = FixedPoint.toBytes(words, at);
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  static void readSum(DataInput in, long[] words, int at) throws IOException {
    int length = in.readUnsignedByte();
    if (length < 1 || length > FixedPoint.MAX_BYTES) {
      throw new IOException(
          "a sum has %d bytes, expected 1 to %d".formatted(length, FixedPoint.MAX_BYTES));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    FixedPoint.fromBytes(bytes, words, at);
    if (!Arrays.equals(bytes, FixedPoint.toBytes(words, at))) {
      throw new IOException("a sum has needless bytes");
    }
  }
}
