package io.logitflow.classifier.kernel;

/** Checks of compressed sparse rows. */
final class CsrChecks {

  private CsrChecks() {}

  /**
   * Checks the starts of the rows and the columns of their elements.
   *
   * @param elements how many elements there are values for
   * @throws IllegalArgumentException if the starts do not begin with 0 or fall, or if they, or a
   *     column, point to where nothing is
   */
  static void check(int[] starts, int rows, int[] columns, int elements, int columnCount) {
    if (rows < 0 || rows >= starts.length) {
      throw new IllegalArgumentException(
          "%d row starts, expected one more than %d rows".formatted(starts.length, rows));
    }
    if (starts[0] != 0) {
      throw new IllegalArgumentException(
          "row 0 starts at element %d, expected 0".formatted(starts[0]));
    }
    int available = Math.min(columns.length, elements);
    for (int row = 0; row < rows; row++) {
      if (starts[row + 1] < starts[row] || starts[row + 1] > available) {
        throw new IllegalArgumentException(
            "row %d has elements from %d to %d, expected a range within %d elements"
                .formatted(row, starts[row], starts[row + 1], available));
      }
    }
    for (int i = 0; i < starts[rows]; i++) {
      if (columns[i] < 0 || columns[i] >= columnCount) {
        throw new IllegalArgumentException(
            "element %d is in column %d, expected 0 to %d"
                .formatted(i, columns[i], columnCount - 1));
      }
    }
  }
}
