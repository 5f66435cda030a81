package io.logitflow.classifier.kernel.vector;

import static io.logitflow.classifier.kernel.vector.VectorShapes.LANES;

/**
 * W^T in panels of two vectors of classes, each stored feature by feature, for products of a few
 * rows with a block of features of a panel: {@link SixPackedRows}, {@link FourRows} and {@link
 * OneRow}. Those with the first block are added to the bias, the others to the output.
 *
 * <p>The last vectors of classes start early enough to end with the last class, so nothing is
 * masked. Where they overlap those before, the first block yields the same sums again, and weights
 * of the others are 0.
 *
 * <p>In every product, a class of a row has one sum for a block, of the features in their order. So
 * a row has the same results to the bit in all of them.
 *
 * <p>They are written out for the JIT. A vector that is passed to a method that it does not inline
 * becomes an object, and in methods as long as these it inlines none but those of the vectors.
 * Where there are several rows, places of features are counted from the one before the first: the
 * JIT computes the address of a place without an offset in another way than of those with one, and
 * would keep both.
 */
final class Panels {

  /** Classes of a panel, and so places for a feature. */
  static final int PANEL = 2 * LANES;

  /** Features of a block. */
  static final int BLOCK = 1024;

  /**
   * Where there are 16 registers, the JIT has to be kept from loading all features of a step before
   * it multiplies, which would put sums into memory. The fence is no instruction there.
   */
  static final boolean FENCES = LANES <= 8 && System.getProperty("os.arch").matches("amd64|x86_64");

  final float[] weight;
  final float[] bias;
  final int outputs;
  final int inputs;

  /** Features in a panel: as many as {@link PackedRows} has of a row, with weights 0. */
  private final int depth;

  Panels(double[] weight, double[] bias, int outputs, int inputs) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.depth = PackedRows.padded(inputs);
    this.weight = Packing.allocate(vectors(outputs) * LANES * depth);
    this.bias = Packing.floats(bias);
    for (int vector = 0; vector < vectors(outputs); vector++) {
      int first = firstClass(vector);
      int offset = vector / 2 * PANEL * depth + vector % 2 * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        // The vector before has the same class there: see above.
        boolean again = first + lane < vector * LANES;
        int end = again ? endOfBlock(0) : inputs;
        for (int i = 0; i < end; i++) {
          this.weight[offset + i * PANEL + lane] = (float) weight[(first + lane) * inputs + i];
        }
      }
    }
  }

  /** Vectors of classes, an even number. */
  static long vectors(int outputs) {
    return (outputs + PANEL - 1L) / PANEL * 2;
  }

  int count() {
    return (int) vectors(outputs) / 2;
  }

  /** The first class of a vector; a panel has two vectors. */
  int firstClass(int vector) {
    return Math.min(vector * LANES, outputs - LANES);
  }

  /** Where a feature of a panel has its weights. */
  int place(int panel, int feature) {
    return (panel * depth + feature) * PANEL;
  }

  /** Where the block of features ends that begins at a feature. */
  int endOfBlock(int from) {
    return Math.min(inputs, from + BLOCK);
  }
}
