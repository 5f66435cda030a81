package io.logitflow.learning.rounds;

/** Puts the parts of a vector together. They come in order, as all messages between two places. */
final class VectorAssembly {

  private double[] vector;
  private int filled;

  /**
   * Adds the next part.
   *
   * @return whether the vector is complete
   * @throws IllegalStateException if a part is missing before this one
   */
  boolean add(VectorPart part) {
    if (vector == null) {
      vector = new double[part.length()];
    }
    if (part.offset() != filled || part.length() != vector.length) {
      throw new IllegalStateException(
          "got %s, expected the values from %d on of %d".formatted(part, filled, vector.length));
    }
    System.arraycopy(part.values(), 0, vector, filled, part.values().length);
    filled += part.values().length;
    return filled == vector.length;
  }

  /** The vector, which is complete. */
  double[] vector() {
    return vector;
  }
}
