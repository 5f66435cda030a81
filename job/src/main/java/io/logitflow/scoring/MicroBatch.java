package io.logitflow.scoring;

import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.Scores;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.wire.FeatureArena;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.connector.wire.FeatureRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records that are scored together: an arena of features, what else is needed of each, and room
 * for what comes out. Filled again and again; it is emptied before every checkpoint, so it is no
 * state.
 *
 * <p>It is dense or sparse as its first record is, and converts the others. With more features than
 * {@link FeatureBatch#WIDEST_DENSE}, or more than an array holds, it is always sparse.
 */
final class MicroBatch {

  /** What an array holds. */
  private static final long MOST_DENSE_VALUES = Integer.MAX_VALUE - 8;

  private final FeatureArena arena;
  private final FeatureRow[] rows;
  private final RecordRun[] runs;
  private final int[] indices;
  private final List<Scores> scores = new ArrayList<>();
  private int size;
  private long firstNanos;
  private long startNanos;
  private long oldestTimestamp = Long.MAX_VALUE;

  MicroBatch(int capacity, int featureCount) {
    boolean mayBeDense =
        featureCount <= FeatureBatch.WIDEST_DENSE
            && (long) capacity * featureCount <= MOST_DENSE_VALUES;
    this.arena =
        new FeatureArena(
            capacity,
            featureCount,
            mayBeDense ? FeatureArena.Form.EITHER : FeatureArena.Form.SPARSE);
    this.rows = new FeatureRow[capacity];
    this.runs = new RecordRun[capacity];
    this.indices = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      rows[i] = new FeatureRow(arena, i);
    }
  }

  /**
   * Decodes a record of a run into the next row.
   *
   * @throws BadRecordException if it cannot be used; the batch is as before
   */
  void add(RecordRun run, int index, FeatureDecoder decoder) throws BadRecordException {
    decoder.decode(run.valueArray(index), run.valueFrom(index), run.valueLength(index), rows[size]);
    if (size == 0) {
      firstNanos = System.nanoTime();
    }
    runs[size] = run;
    indices[size] = index;
    oldestTimestamp = Math.min(oldestTimestamp, run.timestamp(index));
    size++;
  }

  /** Empties the batch, and lets go of the runs. */
  void clear() {
    for (int i = 0; i < size; i++) {
      runs[i] = null;
      rows[i].release();
    }
    size = 0;
    oldestTimestamp = Long.MAX_VALUE;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return arena.isFull(size);
  }

  int size() {
    return size;
  }

  /** The features. */
  FeatureArena features() {
    return arena;
  }

  /** The rows as a classifier takes them. */
  FeatureBatch featureBatch() {
    return new FeatureBatch(
        arena.values(),
        arena.isSparse()
            ? Optional.of(new FeatureBatch.SparseColumns(arena.starts(), arena.indices()))
            : Optional.empty(),
        size,
        index -> rows[index].idHash());
  }

  /** What comes out of scoring: for each of so many models, always the same ones. */
  List<Scores> scores(int models, int classes) {
    while (scores.size() < models) {
      scores.add(new Scores(rows.length, classes));
    }
    return scores;
  }

  /** Takes note that scoring begins. */
  void scoringStarts() {
    startNanos = System.nanoTime();
  }

  /** Time in ns from the first record until scoring began. */
  long bufferedNanos() {
    return startNanos - firstNanos;
  }

  /** Time in ns since scoring began. */
  long scoringNanos() {
    return System.nanoTime() - startNanos;
  }

  FeatureRow row(int index) {
    return rows[index];
  }

  /** Kafka timestamp of a record in ms since the epoch. */
  long timestamp(int index) {
    return runs[index].timestamp(indices[index]);
  }

  /** A record with copies of its key and value. */
  ConsumedRecord record(int index) {
    return runs[index].record(indices[index]);
  }

  /** Least Kafka timestamp of the records, in ms since the epoch. */
  long oldestTimestamp() {
    return oldestTimestamp;
  }
}
