package io.logitflow.generator;

import io.logitflow.generator.random.Purpose;
import io.logitflow.generator.random.SeededRandom;

/** Goes over the rows, pass after pass, in file order or shuffled anew for each pass. */
final class RowOrder {
  private final int size;
  private final long passes;
  private final boolean shuffle;
  private final SeededRandom random;
  private int[] permutation = {};
  private long pass;
  private int position = -1;

  /**
   * Starts before the first row.
   *
   * @param size number of rows
   * @param passes how often
   */
  RowOrder(int size, long passes, boolean shuffle, long seed) {
    this.size = size;
    this.passes = passes;
    this.shuffle = shuffle;
    this.random = new SeededRandom(seed);
    if (shuffle) {
      this.permutation = new int[size];
      permute();
    }
  }

  /** Goes to the next row, if there is one. */
  boolean advance() {
    position++;
    if (position >= size) {
      pass++;
      position = 0;
      if (pass < passes && shuffle) {
        permute();
      }
    }
    return pass < passes && size > 0;
  }

  /** Number of the pass, from 0. */
  long pass() {
    return pass;
  }

  /** Index of the row. */
  int index() {
    return shuffle ? permutation[position] : position;
  }

  /** Fisher-Yates. */
  private void permute() {
    random.at(Purpose.SHUFFLE, pass, 0);
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
  }
}
