package io.logitflow.classifier.kernel;

/**
 * A matrix product with the weights packed beforehand. Implementations are immutable, so threads
 * may share one, and allocate nothing but a working area for each thread.
 */
public interface LinearKernel {

  /**
   * Computes {@code output = input W^T + bias}.
   *
   * @param input {@code [rows, inputs]}, row-major; may be longer
   * @param rows number of rows, at least 0
   * @param output {@code [rows, outputs]}, row-major; may be longer, and is not written beyond
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void multiply(float[] input, int rows, float[] output);
}
