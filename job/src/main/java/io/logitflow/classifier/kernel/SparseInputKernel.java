package io.logitflow.classifier.kernel;

/**
 * The product of sparse records with weights. Implementations are immutable, so threads may share
 * one, and allocate nothing per record.
 */
public interface SparseInputKernel {

  /**
   * Computes {@code output = input W^T + bias}, with the input in compressed sparse rows: record r
   * has the features from {@code starts[r]} to {@code starts[r + 1]} of the other two arrays, in
   * any order. Values of equal features add up.
   *
   * @param starts {@code [rows + 1]}, beginning with 0, never falling; may be longer
   * @param indices feature of each value; may be longer
   * @param values the values that are not zero; may be longer
   * @param rows number of records, at least 0
   * @param output {@code [rows, outputs]}, row-major; may be longer, and is not written beyond
   * @throws IllegalArgumentException if the starts or the indices are not as above
   * @throws IndexOutOfBoundsException if {@code output} is too short
   */
  void multiply(int[] starts, int[] indices, float[] values, int rows, float[] output);
}
