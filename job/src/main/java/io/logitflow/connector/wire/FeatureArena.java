package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.util.Arrays;

/**
 * The features of the records of a micro-batch, as they are decoded: dense, {@code [rows,
 * features]}, or sparse, as compressed rows of indices and values. Filled again and again, from row
 * 0 on; for one thread.
 *
 * <p>The first record decides which of the two it is, so that records are multiplied in the form
 * that they come in; one of the other form that follows is converted. An array is allocated when it
 * is needed: only dense records need one of all features.
 */
public final class FeatureArena {

  /** What an arena may hold. */
  public enum Form {
    /** Rows of all features. */
    DENSE,
    /** Compressed rows. */
    SPARSE,
    /** Either, as the first record is. */
    EITHER,
    /**
     * One row of all features of whatever number, up to that of the arena: {@link #starts} says
     * where it ends. For who does not know a model yet; sparse records are refused.
     */
    ANY_NUMBER
  }

  private static final float[] NO_VALUES = new float[0];

  /** Many sparse values are as good as many rows; this bounds the memory. */
  private static final int MANY_VALUES = 1 << 22;

  private final int rows;
  private final int featureCount;
  private final Form form;
  private final int[] starts;
  private boolean sparse;
  private float[] dense = NO_VALUES;
  private float[] values = NO_VALUES;
  private int[] indices = new int[0];

  private int row;
  private int from;
  private int valueCount;
  private int indexCount;
  private boolean indexed;

  /**
   * Creates an arena.
   *
   * @param rows number of rows
   * @param featureCount number of features that a record has
   * @param form what it may hold; where that may be dense, {@code rows * featureCount} has to fit
   *     an array
   */
  public FeatureArena(int rows, int featureCount, Form form) {
    this.rows = rows;
    this.featureCount = featureCount;
    this.form = form;
    this.starts = new int[rows + 1];
    this.sparse = form != Form.DENSE;
  }

  /** Whether the rows are sparse now. */
  public boolean isSparse() {
    return sparse;
  }

  /** The features, {@code [rows, features]}; of sparse rows, the values that are there. */
  public float[] values() {
    return sparse ? values : dense;
  }

  /** Of sparse rows, where in values and indices each begins, and the last one ends. */
  public int[] starts() {
    return starts;
  }

  /** Of sparse rows, the feature of each value, ascending within a row. */
  public int[] indices() {
    return indices;
  }

  /** Whether there is little room after so many rows. */
  public boolean isFull(int count) {
    return count == rows || (sparse && starts[count] >= MANY_VALUES);
  }

  /** The place among the values of the first in a row that is NaN or infinite; -1 if none is. */
  public int firstNotFinite(int inRow) {
    float[] all = values();
    int end = sparse ? starts[inRow + 1] : (inRow + 1) * featureCount;
    for (int i = sparse ? starts[inRow] : inRow * featureCount; i < end; i++) {
      if (!Float.isFinite(all[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The feature that a place among the values is for. */
  public int feature(int place) {
    return sparse ? indices[place] : place % featureCount;
  }

  /** Number of features that a record has. */
  public int featureCount() {
    return featureCount;
  }

  /** Begins a row; what was in it is gone. */
  void begin(int next) {
    row = next;
    from = sparse ? starts[next] : next * featureCount;
    valueCount = 0;
    indexCount = 0;
    indexed = false;
  }

  /**
   * Makes room for more values of the row.
   *
   * @throws BadRecordException if no record of the model has so many
   */
  void addValues(int count) throws BadRecordException {
    if (count > featureCount - valueCount) {
      throw wrongCount("at least " + ((long) valueCount + count));
    }
    valueCount += count;
    if (!sparse) {
      allocateDense();
    } else if (from + valueCount > values.length) {
      values = Arrays.copyOf(values, grown(values.length, from + valueCount));
    }
  }

  /** Where the values that were added last begin in {@link #values}. */
  int placeOfLast(int count) {
    return from + valueCount - count;
  }

  /** The row has indices, perhaps none. */
  void index() {
    indexed = true;
  }

  /**
   * Adds the indices of some values of the row.
   *
   * @throws BadRecordException if there is no such feature, or if it does not come after the one
   *     before
   */
  void readIndices(AvroCursor in, int count) throws BadRecordException {
    if (count > featureCount - indexCount) {
      throw invalid(
          "at least "
              + ((long) indexCount + count)
              + " indices, the model has "
              + featureCount
              + " features");
    }
    int begin = sparse ? from : 0;
    int end = begin + indexCount + count;
    if (end > indices.length) {
      indices = Arrays.copyOf(indices, grown(indices.length, end));
    }
    int[] all = indices;
    long before = indexCount == 0 ? -1 : all[end - count - 1];
    for (int i = end - count; i < end; i++) {
      long index = in.readLong();
      if (index <= before || index >= featureCount) {
        throw badIndex(i - begin, index, before);
      }
      all[i] = (int) index;
      before = index;
    }
    indexCount += count;
  }

  /**
   * Ends the row.
   *
   * @throws BadRecordException if values are missing, or indices, or there is one too many
   */
  void end() throws BadRecordException {
    if (form == Form.ANY_NUMBER) {
      endAnyNumber();
    } else if (indexed) {
      if (indexCount != valueCount) {
        throw invalid(
            indexCount + " indices for " + valueCount + " features, expected as many of both");
      }
      if (!sparse) {
        endSparseInDense();
      }
    } else {
      if (valueCount != featureCount) {
        throw wrongCount(Integer.toString(valueCount));
      }
      if (sparse) {
        endDenseInSparse();
      }
    }
    if (sparse) {
      starts[row + 1] = from + valueCount;
    }
  }

  private void endAnyNumber() throws BadRecordException {
    if (indexed) {
      throw invalid(indexCount + " indices, expected none: only dense records can be used here");
    }
    if (valueCount == 0) {
      throw new BadRecordException(DeadLetterReason.MISSING_FEATURES, "there is no feature");
    }
  }

  private void endSparseInDense() {
    if (row == 0 && form == Form.EITHER) {
      sparse = true;
      if (values.length < valueCount) {
        values = new float[grown(values.length, valueCount)];
      }
      System.arraycopy(dense, 0, values, 0, valueCount);
      return;
    }
    allocateDense();
    // Ascending indices never lie before their place: from the last on, none is overwritten unread.
    int end = from + featureCount;
    for (int i = valueCount - 1; i >= 0; i--) {
      float value = dense[from + i];
      int place = from + indices[i];
      Arrays.fill(dense, place + 1, end, 0f);
      dense[place] = value;
      end = place;
    }
    Arrays.fill(dense, from, end, 0f);
  }

  private void endDenseInSparse() {
    if (row == 0 && form == Form.EITHER) {
      sparse = false;
      allocateDense();
      System.arraycopy(values, 0, dense, 0, featureCount);
      return;
    }
    if (from + featureCount > indices.length) {
      indices = Arrays.copyOf(indices, grown(indices.length, from + featureCount));
    }
    int to = from;
    for (int i = 0; i < featureCount; i++) {
      if (values[from + i] != 0) {
        values[to] = values[from + i];
        indices[to++] = i;
      }
    }
    valueCount = to - from;
  }

  private void allocateDense() {
    if (dense == NO_VALUES) {
      dense = new float[Math.multiplyExact(rows, featureCount)];
    }
  }

  private static int grown(int length, int needed) {
    return Math.max(needed, length + (length >> 1));
  }

  private BadRecordException wrongCount(String found) {
    return new BadRecordException(
        DeadLetterReason.WRONG_FEATURE_COUNT, found + " features, the model has " + featureCount);
  }

  private BadRecordException badIndex(int place, long index, long before) {
    return invalid(
        index < 0 || index >= featureCount
            ? "index " + place + " is " + index + ", expected 0 to " + (featureCount - 1)
            : "index "
                + place
                + " is "
                + index
                + " after "
                + before
                + (index == before ? ", expected each only once" : ", expected ascending indices"));
  }

  private static BadRecordException invalid(String what) {
    return new BadRecordException(DeadLetterReason.INVALID_INDICES, what);
  }
}
