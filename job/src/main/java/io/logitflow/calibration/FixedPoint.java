package io.logitflow.calibration;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Sums of real numbers in 128 bits: two's complement, two words (high, low) in an array of longs,
 * value = unscaled * 2^-{@value #SCALE}.
 *
 * <p>Each addend is rounded once, half to even, to a multiple of 2^-56, and held within {@value
 * #MAX_ADDEND}, which is beyond the loss of any model that makes sense. From there on addition is
 * that of integers modulo 2^128: it commutes, associates and has an exact inverse, unlike that of
 * doubles. Half a billion addends at the limit fit.
 */
final class FixedPoint {

  /** Binary digits behind the point. */
  static final int SCALE = 56;

  /** Addends beyond it, to both sides, count as it. */
  static final double MAX_ADDEND = 0x1p42;

  /** Longs per sum. */
  static final int WORDS = 2;

  /** The longest encoding of a sum, in bytes. */
  static final int MAX_BYTES = 16;

  private static final double UNIT = 0x1p-56;

  /** Scaled, smaller addends fit into one word. */
  private static final double ONE_WORD = 64;

  private static final int MANTISSA_BITS = 52;

  private FixedPoint() {}

  /** Adds a number to the sum whose high word stands at an index. NaN is refused. */
  static void add(long[] words, int at, double addend) {
    if (Math.abs(addend) < ONE_WORD) {
      long scaled = (long) Math.rint(addend * 0x1p56);
      addWords(words, at, scaled >> 63, scaled);
    } else {
      addLarge(words, at, addend);
    }
  }

  /** Adds the sum at an index of another array to that at the same index of this one. */
  static void merge(long[] words, int at, long[] other) {
    addWords(words, at, other[at], other[at + 1]);
  }

  /** The nearest double. */
  static double toDouble(long[] words, int at) {
    long high = words[at];
    long low = words[at + 1];
    return high == low >> 63 ? low * UNIT : new BigInteger(toBytes(words, at)).doubleValue() * UNIT;
  }

  /** The unscaled value: big-endian two's complement, as short as can be, at least one byte. */
  static byte[] toBytes(long[] words, int at) {
    byte[] all = new byte[MAX_BYTES];
    for (int i = 0; i < MAX_BYTES; i++) {
      all[i] = (byte) (words[at + (i >> 3)] >> (56 - 8 * (i & 7)));
    }
    int start = 0;
    while (start < MAX_BYTES - 1 && all[start] == (all[start + 1] >> 7)) {
      start++;
    }
    return Arrays.copyOfRange(all, start, MAX_BYTES);
  }

  /** The reverse of {@link #toBytes}, for 1 to {@value #MAX_BYTES} bytes; longer forms are read. */
  static void fromBytes(byte[] bytes, long[] words, int at) {
    long high = bytes[0] >> 7;
    long low = high;
    for (byte next : bytes) {
      high = (high << 8) | (low >>> 56);
      low = (low << 8) | (next & 0xff);
    }
    words[at] = high;
    words[at + 1] = low;
  }

  private static void addLarge(long[] words, int at, double addend) {
    if (Double.isNaN(addend)) {
      throw new IllegalArgumentException("NaN cannot be added to a sum");
    }
    double size = Math.min(Math.abs(addend), MAX_ADDEND);
    long bits = Double.doubleToRawLongBits(size);
    long mantissa = (bits & ((1L << MANTISSA_BITS) - 1)) | (1L << MANTISSA_BITS);
    int shift = Math.getExponent(size) - MANTISSA_BITS + SCALE;
    long high = mantissa >>> (64 - shift);
    long low = mantissa << shift;
    if (addend < 0) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    addWords(words, at, high, low);
  }

  private static void addWords(long[] words, int at, long high, long low) {
    long sum = words[at + 1] + low;
    words[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    words[at + 1] = sum;
  }
}
