package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax in place. Logits are shifted by the maximum of their row before anything else.
 *
 * <p>Rows are shifted and scaled one by one, but exponentials are taken of many rows as one flat
 * array, so short rows fill whole vectors too. A row of one to two vectors is its first and its
 * last vector, which overlap: no loops, and no classes one by one at its end.
 */
final class VectorSoftmax {

  /** So many floats stay in the first-level cache between the steps. */
  private static final int CHUNK = 4096;

  /** A window of a vector that begins {@code n} places before the middle has {@code n} zeros. */
  private static final float[] ZEROS_AND_ONES = new float[2 * LANES];

  static {
    Arrays.fill(ZEROS_AND_ONES, LANES, 2 * LANES, 1);
  }

  private VectorSoftmax() {}

  static void softmax(float[] values, int rows, int classes, float inverseTemperature) {
    int chunk = Math.max(1, CHUNK / classes);
    boolean twoVectors = LANES <= classes && classes <= 2 * LANES;
    for (int row = 0; row < rows; row += chunk) {
      int from = row * classes;
      int to = Math.min(rows, row + chunk) * classes;
      if (twoVectors) {
        shiftTwoVectors(values, from, to, classes, inverseTemperature);
        VectorExp.exp(values, from, to);
        divideTwoVectorsBySum(values, from, to, classes);
      } else {
        shift(values, from, to, classes, inverseTemperature);
        VectorExp.exp(values, from, to);
        divideBySum(values, from, to, classes);
      }
    }
  }

  private static void shiftTwoVectors(float[] values, int from, int to, int classes, float factor) {
    int last = classes - LANES;
    for (int row = from; row < to; row += classes) {
      FloatVector v0 = FloatVector.fromArray(FLOAT, values, row);
      FloatVector v1 = FloatVector.fromArray(FLOAT, values, row + last);
      FloatVector larger = v1.blend(v0, v1.compare(VectorOperators.LT, v0));
      float max = larger.reduceLanes(VectorOperators.MAX);
      v0.sub(max).mul(factor).intoArray(values, row);
      v1.sub(max).mul(factor).intoArray(values, row + last);
    }
  }

  private static void divideTwoVectorsBySum(float[] values, int from, int to, int classes) {
    int last = classes - LANES;
    // What both vectors have is summed once.
    FloatVector once = FloatVector.fromArray(FLOAT, ZEROS_AND_ONES, last);
    for (int row = from; row < to; row += classes) {
      FloatVector v0 = FloatVector.fromArray(FLOAT, values, row);
      FloatVector v1 = FloatVector.fromArray(FLOAT, values, row + last);
      float inverse = 1 / v1.fma(once, v0).reduceLanes(VectorOperators.ADD);
      v0.mul(inverse).intoArray(values, row);
      v1.mul(inverse).intoArray(values, row + last);
    }
  }

  private static void shift(float[] values, int from, int to, int classes, float factor) {
    for (int row = from; row < to; row += classes) {
      float max = max(values, row, row + classes);
      int i = row;
      for (; i <= row + classes - LANES; i += LANES) {
        FloatVector.fromArray(FLOAT, values, i).sub(max).mul(factor).intoArray(values, i);
      }
      for (; i < row + classes; i++) {
        values[i] = (values[i] - max) * factor;
      }
    }
  }

  /** The largest value, in four chains: one alone waits for each comparison to end. */
  private static float max(float[] values, int from, int to) {
    float max = values[from];
    int i = from;
    if (to - from >= LANES) {
      FloatVector max0 = FloatVector.fromArray(FLOAT, values, from);
      FloatVector max1 = max0;
      FloatVector max2 = max0;
      FloatVector max3 = max0;
      i = from + LANES;
      for (; i <= to - 4 * LANES; i += 4 * LANES) {
        FloatVector v0 = FloatVector.fromArray(FLOAT, values, i);
        FloatVector v1 = FloatVector.fromArray(FLOAT, values, i + LANES);
        FloatVector v2 = FloatVector.fromArray(FLOAT, values, i + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(FLOAT, values, i + 3 * LANES);
        max0 = v0.blend(max0, v0.compare(VectorOperators.LT, max0));
        max1 = v1.blend(max1, v1.compare(VectorOperators.LT, max1));
        max2 = v2.blend(max2, v2.compare(VectorOperators.LT, max2));
        max3 = v3.blend(max3, v3.compare(VectorOperators.LT, max3));
      }
      for (; i <= to - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOAT, values, i);
        max0 = v.blend(max0, v.compare(VectorOperators.LT, max0));
      }
      max = max0.max(max1).max(max2.max(max3)).reduceLanes(VectorOperators.MAX);
    }
    for (; i < to; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }

  private static void divideBySum(float[] values, int from, int to, int classes) {
    for (int row = from; row < to; row += classes) {
      float inverse = 1 / sum(values, row, row + classes);
      int i = row;
      for (; i <= row + classes - LANES; i += LANES) {
        FloatVector.fromArray(FLOAT, values, i).mul(inverse).intoArray(values, i);
      }
      for (; i < row + classes; i++) {
        values[i] *= inverse;
      }
    }
  }

  /** The sum, in four chains: one alone waits for each addition to end. */
  private static float sum(float[] values, int from, int to) {
    float sum = 0;
    int i = from;
    if (to - from >= LANES) {
      FloatVector sum0 = FloatVector.zero(FLOAT);
      FloatVector sum1 = FloatVector.zero(FLOAT);
      FloatVector sum2 = FloatVector.zero(FLOAT);
      FloatVector sum3 = FloatVector.zero(FLOAT);
      for (; i <= to - 4 * LANES; i += 4 * LANES) {
        sum0 = FloatVector.fromArray(FLOAT, values, i).add(sum0);
        sum1 = FloatVector.fromArray(FLOAT, values, i + LANES).add(sum1);
        sum2 = FloatVector.fromArray(FLOAT, values, i + 2 * LANES).add(sum2);
        sum3 = FloatVector.fromArray(FLOAT, values, i + 3 * LANES).add(sum3);
      }
      for (; i <= to - LANES; i += LANES) {
        sum0 = FloatVector.fromArray(FLOAT, values, i).add(sum0);
      }
      sum = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
    }
    for (; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
