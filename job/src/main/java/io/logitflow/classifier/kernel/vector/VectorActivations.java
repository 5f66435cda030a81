package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Activations in place. Comparisons and selections rather than minimum and maximum: they keep NaN,
 * and are one instruction each. The elements that do not fill a vector go through the same
 * operations one by one.
 */
final class VectorActivations {

  /** So many floats stay in the first-level cache between the steps. */
  private static final int CHUNK = 4096;

  /** Above it the exponential is held: its inverse is still a normal float32. */
  private static final float LARGEST_EXPONENT = 87f;

  private VectorActivations() {}

  static void relu(float[] values, int from, int to) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOAT, values, i);
      x.blend(0f, x.compare(VectorOperators.LT, 0f)).intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] = values[i] < 0 ? 0 : values[i];
    }
  }

  static void leakyRelu(float[] values, int from, int to, float slope) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOAT, values, i);
      x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0f)).intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] = values[i] < 0 ? values[i] * slope : values[i];
    }
  }

  /** Replaces each x by {@code offset + scale / (1 + exp(factor x))}. */
  static void logistic(float[] values, int from, int to, float factor, float offset, float scale) {
    for (int start = from; start < to; start += CHUNK) {
      int end = Math.min(to, start + CHUNK);
      exponents(values, start, end, factor);
      VectorExp.exp(values, start, end);
      divide(values, start, end, offset, scale);
    }
  }

  private static void exponents(float[] values, int from, int to, float factor) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOAT, values, i).mul(factor);
      x.blend(LARGEST_EXPONENT, x.compare(VectorOperators.GT, LARGEST_EXPONENT))
          .intoArray(values, i);
    }
    for (; i < to; i++) {
      float x = values[i] * factor;
      values[i] = x > LARGEST_EXPONENT ? LARGEST_EXPONENT : x;
    }
  }

  private static void divide(float[] values, int from, int to, float offset, float scale) {
    int i = from;
    FloatVector scales = FloatVector.broadcast(FLOAT, scale);
    for (; i <= to - LANES; i += LANES) {
      scales.div(FloatVector.fromArray(FLOAT, values, i).add(1f)).add(offset).intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] = scale / (values[i] + 1f) + offset;
    }
  }
}
