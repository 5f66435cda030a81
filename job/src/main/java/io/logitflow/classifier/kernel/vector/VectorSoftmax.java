package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax in place. Logits are shifted by the maximum of their row before anything else.
 *
 * <p>Rows are shifted and scaled one by one, but exponentials are taken of many rows as one flat
 * array, so short rows fill whole vectors too.
 */
final class VectorSoftmax {

  /** So many floats stay in the first-level cache between the steps. */
  private static final int CHUNK = 4096;

  private VectorSoftmax() {}

  static void softmax(float[] values, int rows, int classes, float inverseTemperature) {
    int chunk = Math.max(1, CHUNK / classes);
    for (int row = 0; row < rows; row += chunk) {
      int from = row * classes;
      int to = Math.min(rows, row + chunk) * classes;
      shift(values, from, to, classes, inverseTemperature);
      VectorExp.exp(values, from, to);
      divideBySum(values, from, to, classes);
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

  private static float max(float[] values, int from, int to) {
    float max = values[from];
    int i = from;
    if (to - from >= LANES) {
      FloatVector largest = FloatVector.fromArray(FLOAT, values, from);
      for (i = from + LANES; i <= to - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(FLOAT, values, i);
        largest = v.blend(largest, v.compare(VectorOperators.LT, largest));
      }
      max = largest.reduceLanes(VectorOperators.MAX);
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

  private static float sum(float[] values, int from, int to) {
    float sum = 0;
    int i = from;
    if (to - from >= LANES) {
      FloatVector sums = FloatVector.zero(FLOAT);
      for (; i <= to - LANES; i += LANES) {
        sums = FloatVector.fromArray(FLOAT, values, i).add(sums);
      }
      sum = sums.reduceLanes(VectorOperators.ADD);
    }
    for (; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }
}
