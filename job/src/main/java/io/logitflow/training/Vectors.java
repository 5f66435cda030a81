package io.logitflow.training;

/** Arithmetic of arrays as vectors. */
final class Vectors {

  private Vectors() {}

  static double dot(double[] left, double[] right) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= left.length; i += 4) {
      sum0 += left[i] * right[i];
      sum1 += left[i + 1] * right[i + 1];
      sum2 += left[i + 2] * right[i + 2];
      sum3 += left[i + 3] * right[i + 3];
    }
    for (; i < left.length; i++) {
      sum0 += left[i] * right[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** {@code target += factor vector}. */
  static void add(double factor, double[] vector, double[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * vector[i];
    }
  }

  /** {@code target = base + factor vector}. */
  static void sum(double[] base, double factor, double[] vector, double[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = base[i] + factor * vector[i];
    }
  }

  static double[] minus(double[] left, double[] right) {
    double[] difference = new double[left.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = left[i] - right[i];
    }
    return difference;
  }

  /** The largest absolute element; NaN if one is. */
  static double size(double[] vector) {
    double size = 0;
    for (double element : vector) {
      size = Math.max(size, Math.abs(element));
    }
    return size;
  }
}
