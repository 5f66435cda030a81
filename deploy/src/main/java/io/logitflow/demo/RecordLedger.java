package io.logitflow.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * Which records were scored, how often, and how many of them rightly; exact, at a few bits a
 * record.
 *
 * <p>Records are known by the id that the load generator gives them, {@code <data
 * set>-<pass>-<row>}: pass and row are their place here. The classes of a record are kept until
 * both prediction and label have come, after that only the fact that it was scored.
 *
 * <p>Not thread-safe.
 */
final class RecordLedger {
  /** Largest class index. */
  static final int MAX_LABEL = 0xfe;

  private static final int CHUNK_BITS = 8;
  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  private static final int ROW_BITS = 31;

  private final Map<Long, Chunk> chunks = new HashMap<>();
  private long scored;
  private long doubled;
  private long foreign;
  private long labelled;
  private long correct;

  /**
   * A prediction was read.
   *
   * @param id id of the record, in UTF-8
   * @param length bytes of the id
   * @param label predicted class, 0 to {@link #MAX_LABEL}
   */
  void predicted(byte[] id, int length, int label) {
    long place = place(id, length);
    if (place < 0 || label < 0 || label > MAX_LABEL) {
      foreign++;
      return;
    }
    Chunk chunk = chunk(place);
    int row = (int) place & (CHUNK_SIZE - 1);
    if (!chunk.markScored(row)) {
      doubled++;
      return;
    }
    scored++;
    join(chunk, row, chunk.predicted, label);
  }

  /** A label was read; parameters as in {@link #predicted}. */
  void labelled(byte[] id, int length, int label) {
    long place = place(id, length);
    if (place < 0 || label < 0 || label > MAX_LABEL) {
      foreign++;
      return;
    }
    Chunk chunk = chunk(place);
    if (chunk.predicted != null) {
      join(chunk, (int) place & (CHUNK_SIZE - 1), chunk.truth, label);
    }
  }

  /** Records with a prediction, each counted once. */
  long scored() {
    return scored;
  }

  /** Predictions of records that already had one. */
  long doubled() {
    return doubled;
  }

  /** Predictions and labels whose id or class cannot come from the load generator. */
  long foreign() {
    return foreign;
  }

  /** Records with a prediction and a label. */
  long labelled() {
    return labelled;
  }

  /** Those of them whose prediction was right. */
  long correct() {
    return correct;
  }

  private void join(Chunk chunk, int row, byte[] side, int label) {
    if (side[row] != 0) {
      return;
    }
    side[row] = (byte) (label + 1);
    if (chunk.predicted[row] != 0 && chunk.truth[row] != 0) {
      labelled++;
      if (chunk.predicted[row] == chunk.truth[row]) {
        correct++;
      }
      chunk.joined();
    }
  }

  private Chunk chunk(long place) {
    return chunks.computeIfAbsent(place >> CHUNK_BITS, key -> new Chunk());
  }

  /** Pass and row of an id as one number; -1 if it has none. */
  private static long place(byte[] id, int length) {
    long row = 0;
    long scale = 1;
    int at = length - 1;
    for (; at >= 0 && isDigit(id[at]) && scale < 1L << ROW_BITS; at--) {
      row += scale * (id[at] - '0');
      scale *= 10;
    }
    if (at < 1 || scale == 1 || id[at] != '-' || row >= 1L << ROW_BITS) {
      return -1;
    }
    long pass = 0;
    long passScale = 1;
    for (at--; at >= 0 && isDigit(id[at]) && passScale < 1L << ROW_BITS; at--) {
      pass += passScale * (id[at] - '0');
      passScale *= 10;
    }
    if (at < 0 || passScale == 1 || id[at] != '-' || pass >= 1L << ROW_BITS) {
      return -1;
    }
    return pass << ROW_BITS | row;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** Neighbouring rows of a pass. Classes are kept plus 1, so that 0 says that none has come. */
  private static final class Chunk {
    private final long[] scored = new long[CHUNK_SIZE / Long.SIZE];
    private byte[] predicted = new byte[CHUNK_SIZE];
    private byte[] truth = new byte[CHUNK_SIZE];
    private int joined;

    boolean markScored(int row) {
      long bit = 1L << row;
      int word = row / Long.SIZE;
      boolean first = (scored[word] & bit) == 0;
      scored[word] |= bit;
      return first;
    }

    void joined() {
      joined++;
      if (joined == CHUNK_SIZE) {
        predicted = null;
        truth = null;
      }
    }
  }
}
