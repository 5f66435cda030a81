package io.logitflow.connector.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where Avro puts numbers and arrays: each {@code put} writes at a place of an array and returns
 * the place behind, and has a {@code size} that says beforehand how many bytes that takes.
 */
final class AvroLayout {

  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private AvroLayout() {}

  static int put(byte[] bytes, byte[] out, int to) {
    System.arraycopy(bytes, 0, out, to, bytes.length);
    return to + bytes.length;
  }

  static int longSize(long value) {
    long zigZag = (value << 1) ^ (value >> 63);
    return zigZag == 0 ? 1 : (70 - Long.numberOfLeadingZeros(zigZag)) / 7;
  }

  static int putLong(long value, byte[] out, int start) {
    int to = start;
    long zigZag = (value << 1) ^ (value >> 63);
    while ((zigZag & ~0x7fL) != 0) {
      out[to++] = (byte) (zigZag | 0x80);
      zigZag >>>= 7;
    }
    out[to++] = (byte) zigZag;
    return to;
  }

  static int putFloat(float value, byte[] out, int to) {
    FLOATS.set(out, to, value);
    return to + Float.BYTES;
  }

  /** Bytes of an array of so many floats, at least one. */
  static int floatsSize(int count) {
    return longSize(count) + count * Float.BYTES + 1;
  }

  /** One block of all values, at least one, and the block of none that ends an array. */
  static int putFloats(float[] values, int from, int count, byte[] out, int start) {
    int to = putLong(count, out, start);
    for (int i = 0; i < count; i++) {
      FLOATS.set(out, to, values[from + i]);
      to += Float.BYTES;
    }
    out[to] = 0;
    return to + 1;
  }

  static byte[] longBytes(long value) {
    byte[] bytes = new byte[longSize(value)];
    putLong(value, bytes, 0);
    return bytes;
  }

  static byte[] stringBytes(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[longSize(utf8.length) + utf8.length];
    put(utf8, bytes, putLong(utf8.length, bytes, 0));
    return bytes;
  }
}
