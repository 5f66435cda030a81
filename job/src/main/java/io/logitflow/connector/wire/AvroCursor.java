package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary encoding from an array. Every read is checked against the end of the record
 * before it happens, so that no length in hostile bytes leads to an over-read or an allocation.
 */
final class AvroCursor {

  /** Deeper nesting of skipped fields is refused: it would exhaust the stack. */
  private static final int MAX_DEPTH = 256;

  private static final VarHandle LITTLE_ENDIAN_DOUBLES =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private int position;
  private int depth;

  /**
   * Starts to read a record.
   *
   * @param bytes array that the record is in, among others
   * @param from where the record begins
   * @param length length of the record
   * @param skip length of what comes before the encoding and is skipped
   */
  void reset(byte[] bytes, int from, int length, int skip) {
    this.bytes = bytes;
    this.start = from;
    this.end = from + length;
    this.position = from + skip;
    this.depth = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Position in the array. */
  int position() {
    return position;
  }

  /** Position in the record, for messages. */
  int place() {
    return position - start;
  }

  int remaining() {
    return end - position;
  }

  /** Advances over {@code count} bytes and returns where they begin. */
  int take(long count, String what) throws BadRecordException {
    if (count < 0 || count > remaining()) {
      throw malformed(
          what
              + " of "
              + count
              + " bytes at byte "
              + place()
              + " where "
              + remaining()
              + " bytes are left");
    }
    int from = position;
    position += (int) count;
    return from;
  }

  /** Reads a zig-zag variable-length integer: Avro's int and long. */
  long readLong() throws BadRecordException {
    byte[] from = bytes;
    int at = position;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw malformed("the record ends inside an integer at byte " + (at - start));
      }
      byte next = from[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        position = at;
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed("an integer of more than 10 bytes before byte " + (at - start));
  }

  /** Reads the length of a string or bytes and advances over them; returns where they begin. */
  int takeLengthPrefixed(String what) throws BadRecordException {
    return take(readLong(), what);
  }

  /**
   * Reads the header of an array or map block. Returns the number of items, 0 at the end; a
   * negative count is followed by the size in bytes, which is skipped.
   *
   * @param minItemBytes least size of an item, for the check that so many items can be there
   */
  long readBlockCount(long minItemBytes) throws BadRecordException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }
    if (count < 0 || (minItemBytes > 0 && count > remaining() / minItemBytes)) {
      throw malformed(
          "a block of "
              + count
              + " items at byte "
              + place()
              + " where "
              + remaining()
              + " bytes are left");
    }
    return count;
  }

  /** Copies {@code count} little-endian float32 values to {@code target}. */
  void readFloats(float[] target, int to, int count) throws BadRecordException {
    int from = take(4L * count, "an array");
    ByteBuffer.wrap(bytes, from, 4 * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(target, to, count);
  }

  /** Reads a little-endian float64 value. */
  double readDouble() throws BadRecordException {
    return (double) LITTLE_ENDIAN_DOUBLES.get(bytes, take(8, "a double"));
  }

  /** Enters a nested value. */
  void descend() throws BadRecordException {
    if (++depth > MAX_DEPTH) {
      throw malformed("values nested deeper than " + MAX_DEPTH + " at byte " + place());
    }
  }

  /** Leaves a nested value. */
  void ascend() {
    depth--;
  }

  static BadRecordException malformed(String detail) {
    return new BadRecordException(DeadLetterReason.MALFORMED, detail);
  }
}
