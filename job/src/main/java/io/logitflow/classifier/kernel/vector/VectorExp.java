package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.INT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential of numbers that are at most 87, in float32, to about 2 ulp.
 *
 * <p>{@code exp(x) = 2^n exp(r)} with n the integer nearest to x / ln 2 and {@code r = x - n ln 2},
 * at most half of ln 2 in magnitude. ln 2 is subtracted in two parts (Cody and Waite, "Software
 * Manual for the Elementary Functions", 1980), the first with so few bits that n times it is exact;
 * exp(r) is the minimax polynomial of S. L. Moshier's Cephes library (expf).
 *
 * <p>The elements that do not fill vectors go through the same operations one by one, so a value
 * has the same exponential, to the bit, wherever it stands.
 */
final class VectorExp {

  /** Below ln of the smallest normal float32 the result is 0, so no subnormal slows a sum. */
  private static final float UNDERFLOW = -87.33654f;

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444e-4f;
  private static final float C2 = 0.5f;
  private static final float C3 = 0.16666666f;
  private static final float C4 = 0.041665796f;
  private static final float C5 = 0.008333452f;
  private static final float C6 = 0.0013981999f;
  private static final float C7 = 1.9875691e-4f;

  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  /**
   * 1.5 * 2^23 rounds to an integer what is added to it, and leaves that in the lowest bits; with
   * the bias on top, they are the exponent bits of 2^n.
   */
  private static final float ROUND = 12582912f + EXPONENT_BIAS;

  private VectorExp() {}

  /**
   * Replaces each x, which is at most 87 and may be minus infinity, by exp(x). NaN stays NaN.
   *
   * <p>Two vectors at a time and all written out: the JIT does not inline so long a method. Where
   * it inlined this loop into its caller, it ran out of its budget for the vector operations and
   * made an object of every vector.
   */
  static void exp(float[] values, int from, int to) {
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector x0 = FloatVector.fromArray(FLOAT, values, i);
      FloatVector x1 = FloatVector.fromArray(FLOAT, values, i + LANES);
      FloatVector rounded0 = x0.fma(LOG2_E, ROUND);
      FloatVector rounded1 = x1.fma(LOG2_E, ROUND);
      FloatVector n0 = rounded0.sub(ROUND);
      FloatVector n1 = rounded1.sub(ROUND);
      FloatVector r0 = n0.fma(broadcast(-LN2_LOW), n0.fma(broadcast(-LN2_HIGH), x0));
      FloatVector r1 = n1.fma(broadcast(-LN2_LOW), n1.fma(broadcast(-LN2_HIGH), x1));
      FloatVector p0 = r0.fma(C7, C6);
      FloatVector p1 = r1.fma(C7, C6);
      p0 = p0.fma(r0, broadcast(C5));
      p1 = p1.fma(r1, broadcast(C5));
      p0 = p0.fma(r0, broadcast(C4));
      p1 = p1.fma(r1, broadcast(C4));
      p0 = p0.fma(r0, broadcast(C3));
      p1 = p1.fma(r1, broadcast(C3));
      p0 = p0.fma(r0, broadcast(C2));
      p1 = p1.fma(r1, broadcast(C2));
      p0 = p0.fma(r0.mul(r0), r0.add(1f));
      p1 = p1.fma(r1.mul(r1), r1.add(1f));
      // With the species as a constant; reinterpretAsInts looks it up, and may not be compiled.
      IntVector bits0 = (IntVector) rounded0.convertShape(VectorOperators.REINTERPRET_F2I, INT, 0);
      IntVector bits1 = (IntVector) rounded1.convertShape(VectorOperators.REINTERPRET_F2I, INT, 0);
      bits0 = bits0.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      bits1 = bits1.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
      p0.mul((FloatVector) bits0.convertShape(VectorOperators.REINTERPRET_I2F, FLOAT, 0))
          .blend(0f, x0.compare(VectorOperators.LT, UNDERFLOW))
          .intoArray(values, i);
      p1.mul((FloatVector) bits1.convertShape(VectorOperators.REINTERPRET_I2F, FLOAT, 0))
          .blend(0f, x1.compare(VectorOperators.LT, UNDERFLOW))
          .intoArray(values, i + LANES);
    }
    for (; i < to; i++) {
      values[i] = exp(values[i]);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOAT, value);
  }

  private static float exp(float x) {
    if (x < UNDERFLOW) {
      return 0f;
    }
    float rounded = Math.fma(x, LOG2_E, ROUND);
    float n = rounded - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(r, C7, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r * r, r + 1f);
    return p * Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << EXPONENT_SHIFT);
  }
}
