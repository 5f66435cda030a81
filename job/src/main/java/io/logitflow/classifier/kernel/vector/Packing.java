package io.logitflow.classifier.kernel.vector;

/** Rearranges weights into the order in which the kernels read them. */
final class Packing {

  private Packing() {}

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** An array for packed weights; the padding may carry them over what an array holds. */
  static float[] allocate(long length) {
    return new float[length(length)];
  }

  /**
   * The length of an array.
   *
   * @throws IllegalArgumentException if it is more than an array holds
   */
  static int length(long length) {
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d packed weights, expected at most %d".formatted(length, Integer.MAX_VALUE - 8));
    }
    return (int) length;
  }
}
