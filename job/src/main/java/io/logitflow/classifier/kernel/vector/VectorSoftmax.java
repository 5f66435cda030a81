package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.FLOAT;
import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Softmax in place. Logits are shifted by their maximum before anything else. */
final class VectorSoftmax {

  /** From so many classes a row is worth vectors of its own. */
  private static final int MIN_CLASSES = 4 * LANES;

  /** LANES zeros, then LANES ones: read from k, its last k lanes are 1. */
  private static final float[] LAST_LANES = new float[2 * LANES];

  static {
    java.util.Arrays.fill(LAST_LANES, LANES, 2 * LANES, 1f);
  }

  private VectorSoftmax() {}

  static void softmax(float[] values, int rows, int classes, float inverseTemperature) {
    if (classes < MIN_CLASSES && rows * classes >= LANES) {
      flat(values, rows, classes, inverseTemperature);
    } else if (classes < LANES) {
      few(values, rows, classes, inverseTemperature);
    } else {
      for (int row = 0; row < rows; row++) {
        wide(values, row * classes, classes, inverseTemperature);
      }
    }
  }

  /** Rows shorter than some vectors: the exponentials of all rows in one go. */
  private static void flat(float[] values, int rows, int classes, float inverseTemperature) {
    for (int row = 0; row < rows; row++) {
      shift(values, row * classes, classes, inverseTemperature);
    }
    exp(values, rows * classes);
    for (int row = 0; row < rows; row++) {
      divideBySum(values, row * classes, classes);
    }
  }

  private static void shift(float[] values, int from, int classes, float inverseTemperature) {
    float max = values[from];
    for (int i = from + 1; i < from + classes; i++) {
      max = Math.max(max, values[i]);
    }
    for (int i = from; i < from + classes; i++) {
      values[i] = (values[i] - max) * inverseTemperature;
    }
  }

  private static void exp(float[] values, int length) {
    FloatVector tail = VectorExp.exp(FloatVector.fromArray(FLOAT, values, length - LANES));
    for (int i = 0; i <= length - LANES; i += LANES) {
      VectorExp.exp(FloatVector.fromArray(FLOAT, values, i)).intoArray(values, i);
    }
    tail.intoArray(values, length - LANES);
  }

  private static void divideBySum(float[] values, int from, int classes) {
    float sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += values[i];
    }
    float inverse = 1 / sum;
    for (int i = from; i < from + classes; i++) {
      values[i] *= inverse;
    }
  }

  /** Fewer logits than a vector has lanes. */
  private static void few(float[] values, int rows, int classes, float inverseTemperature) {
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      shift(values, from, classes, inverseTemperature);
      for (int i = from; i < from + classes; i++) {
        values[i] = (float) Math.exp(values[i]);
      }
      divideBySum(values, from, classes);
    }
  }

  /**
   * A row of at least one vector. The last vector ends with the row and overlaps the one before: it
   * is read before that one is written, and the lanes that repeat are left out of the sum.
   */
  private static void wide(float[] values, int from, int classes, float inverseTemperature) {
    int last = from + classes - LANES;
    FloatVector tail = FloatVector.fromArray(FLOAT, values, last);
    FloatVector largest = tail;
    for (int i = from; i < last; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOAT, values, i);
      largest = largest.blend(v, v.compare(VectorOperators.GT, largest));
    }
    float max = largest.reduceLanes(VectorOperators.MAX);
    FloatVector shift = FloatVector.broadcast(FLOAT, max);
    FloatVector factor = FloatVector.broadcast(FLOAT, inverseTemperature);
    tail = VectorExp.exp(tail.sub(shift).mul(factor));
    int fresh = (classes - 1) % LANES + 1;
    FloatVector sum = tail.mul(FloatVector.fromArray(FLOAT, LAST_LANES, fresh));
    for (int i = from; i < last; i += LANES) {
      FloatVector e = VectorExp.exp(FloatVector.fromArray(FLOAT, values, i).sub(shift).mul(factor));
      e.intoArray(values, i);
      sum = sum.add(e);
    }
    FloatVector inverse = FloatVector.broadcast(FLOAT, 1 / sum.reduceLanes(VectorOperators.ADD));
    for (int i = from; i < last; i += LANES) {
      FloatVector.fromArray(FLOAT, values, i).mul(inverse).intoArray(values, i);
    }
    tail.mul(inverse).intoArray(values, last);
  }
}
