package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.fma;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential of numbers that are not positive, in float32, to about 2 ulp.
 *
 * <p>{@code exp(x) = 2^n exp(r)} with n the integer nearest to x / ln 2 and {@code r = x - n ln 2},
 * at most half of ln 2 in magnitude. ln 2 is subtracted in two parts (Cody and Waite, "Software
 * Manual for the Elementary Functions", 1980), the first with so few bits that n times it is exact;
 * exp(r) is the minimax polynomial of S. L. Moshier's Cephes library (expf).
 */
final class VectorExp {

  /** Below ln of the smallest normal float32 the result is 0, so no subnormal slows a sum. */
  private static final float UNDERFLOW = -87.33654f;

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444e-4f;

  /** 1.5 * 2^23: adding it rounds to an integer, which then stands in the lowest bits. */
  private static final float ROUND = 12582912f;

  private static final int EXPONENT_SHIFT = 23;
  private static final int EXPONENT_OF_ONE = 127 << EXPONENT_SHIFT;

  private VectorExp() {}

  /** {@code exp(x)} for x at most 0, minus infinity included. */
  static FloatVector exp(FloatVector x) {
    FloatVector rounded = fma(x, broadcast(LOG2_E), broadcast(ROUND));
    FloatVector n = rounded.sub(ROUND);
    FloatVector r = fma(n, broadcast(-LN2_HIGH), x);
    r = fma(n, broadcast(-LN2_LOW), r);
    FloatVector p = fma(broadcast(1.9875691e-4f), r, broadcast(0.0013981999f));
    p = fma(p, r, broadcast(0.008333452f));
    p = fma(p, r, broadcast(0.041665796f));
    p = fma(p, r, broadcast(0.16666666f));
    p = fma(p, r, broadcast(0.5f));
    p = fma(p, r.mul(r), r.add(1f));
    IntVector powerOfTwo =
        VectorShapes.bitsOf(rounded)
            .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
            .add(EXPONENT_OF_ONE);
    FloatVector result = p.mul(powerOfTwo.reinterpretAsFloats());
    return result.blend(0f, x.compare(VectorOperators.LT, UNDERFLOW));
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOAT, value);
  }
}
