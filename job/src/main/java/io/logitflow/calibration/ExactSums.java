package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A fixed number of exact sums of real numbers, 16 bytes each: the same addends in any order and
 * grouping give the same bits, and what is subtracted was never there. Addends are rounded to
 * multiples of 2^-56 and held within 2^42; {@link FixedPoint} has the arithmetic.
 */
public final class ExactSums {

  private final long[] words;

  /** Creates sums that are 0. */
  public ExactSums(int size) {
    this(new long[size * FixedPoint.WORDS]);
  }

  private ExactSums(long[] words) {
    this.words = words;
  }

  public int size() {
    return words.length / FixedPoint.WORDS;
  }

  /**
   * Adds to one of the sums.
   *
   * @throws IllegalArgumentException if the number is NaN
   */
  public void add(int index, double addend) {
    FixedPoint.add(words, index * FixedPoint.WORDS, addend);
  }

  /** The exact inverse of {@link #add}. */
  public void subtract(int index, double addend) {
    FixedPoint.add(words, index * FixedPoint.WORDS, -addend);
  }

  /** Adds sums, one by one, which stay as they are. */
  public void merge(ExactSums other) {
    if (other.words.length != words.length) {
      throw new IllegalArgumentException(
          "%d sums cannot be merged into %d".formatted(other.size(), size()));
    }
    for (int at = 0; at < words.length; at += FixedPoint.WORDS) {
      FixedPoint.merge(words, at, other.words);
    }
  }

  /** The double that is nearest to a sum. */
  public double get(int index) {
    return FixedPoint.toDouble(words, index * FixedPoint.WORDS);
  }

  /** All sums as the nearest doubles. */
  public double[] toDoubles() {
    double[] values = new double[size()];
    Arrays.setAll(values, this::get);
    return values;
  }

  public boolean isZero() {
    return Arrays.stream(words).allMatch(word -> word == 0);
  }

  public ExactSums copy() {
    return new ExactSums(words.clone());
  }

  /** The unscaled value of a sum, big-endian two's complement without needless bytes. */
  byte[] unscaled(int index) {
    return FixedPoint.toBytes(words, index * FixedPoint.WORDS);
  }

  /** Sets a sum to an unscaled value of 1 to 16 bytes. */
  void setUnscaled(int index, byte[] unscaled) {
    FixedPoint.fromBytes(unscaled, words, index * FixedPoint.WORDS);
  }

  void write(DataOutput out) throws IOException {
    for (int at = 0; at < words.length; at += FixedPoint.WORDS) {
      CompactNumbers.writeSum(out, words, at);
    }
  }

  static ExactSums read(DataInput in, int size) throws IOException {
    ExactSums sums = new ExactSums(size);
    for (int at = 0; at < sums.words.length; at += FixedPoint.WORDS) {
      CompactNumbers.readSum(in, sums.words, at);
    }
    return sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactSums sums && Arrays.equals(words, sums.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
