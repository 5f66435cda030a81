package io.logitflow.classifier.kernel;

/** The predicted class. */
public final class Argmax {

  private Argmax() {}

  /**
   * Index of the largest value; the smallest one if several are equal.
   *
   * @param values at least 1
   */
  public static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Index, from 0 within the range, of the largest value; the smallest one if several are equal.
   *
   * @param length at least 1
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static int argmax(float[] values, int from, int length) {
    int best = 0;
    float largest = values[from];
    for (int i = 1; i < length; i++) {
      if (values[from + i] > largest) {
        largest = values[from + i];
        best = i;
      }
    }
    return best;
  }
}
