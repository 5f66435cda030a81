package io.logitflow.classifier.kernel;

/**
 * A weight matrix {@code [outputs, inputs]} of which most elements are zero, in compressed sparse
 * rows: output k has the elements from {@code starts[k]} to {@code starts[k + 1]} of the other two
 * arrays. The columns of a row may come in any order, and weights of equal columns add up.
 *
 * @param inputs number of columns
 * @param starts {@code [outputs + 1]}, from 0 to the number of elements, never falling
 * @param columns column of each element, from 0 and below {@code inputs}
 * @param values weight of each element
 */
public record CsrWeights(int inputs, int[] starts, int[] columns, double[] values) {

  /** Keeps the arrays, so they must not be changed. */
  public CsrWeights {
    if (inputs < 1 || starts.length < 2) {
      throw new IllegalArgumentException(
          "%d inputs and %d row starts, expected at least 1 and 2"
              .formatted(inputs, starts.length));
    }
    CsrChecks.check(starts, starts.length - 1, columns, values.length, inputs);
    if (starts[starts.length - 1] != values.length || columns.length != values.length) {
      throw new IllegalArgumentException(
          "rows end at element %d, with %d columns and %d values; expected equal numbers"
              .formatted(starts[starts.length - 1], columns.length, values.length));
    }
  }

  /** Number of rows. */
  public int outputs() {
    return starts.length - 1;
  }
}
