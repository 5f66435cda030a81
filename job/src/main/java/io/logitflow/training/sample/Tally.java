package io.logitflow.training.sample;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of the records that a sample is of: counts, times and places. Tallies of parts add
 * up, in any order, to that of the whole.
 */
public final class Tally {

  private long unlabelled;
  private final Map<String, Long> classes = new TreeMap<>();
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;
  private final Map<String, OffsetSpan> spans = new TreeMap<>();

  /** Counts a record that has matured with a label. */
  public void labelled(SampleRow row) {
    classes.merge(row.label(), 1L, Long::sum);
    firstTime = Math.min(firstTime, row.time());
    lastTime = Math.max(lastTime, row.time());
  }

  /** Counts a record that has matured without a label that counts. */
  public void unlabelled() {
    unlabelled++;
  }

  /**
   * Notes where something that was learned from stands.
   *
   * @param partition {@code topic-partition}
   */
  public void at(String partition, long offset) {
    spans.merge(partition, new OffsetSpan(offset, offset + 1), OffsetSpan::and);
  }

  /** Adds what another one has counted. */
  public void merge(Tally other) {
    unlabelled += other.unlabelled;
    other.classes.forEach((label, count) -> classes.merge(label, count, Long::sum));
    firstTime = Math.min(firstTime, other.firstTime);
    lastTime = Math.max(lastTime, other.lastTime);
    other.spans.forEach((partition, span) -> spans.merge(partition, span, OffsetSpan::and));
  }

  /** Records that have matured with a label. */
  public long labelledCount() {
    return classes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records that have matured without a label that counts. */
  public long unlabelledCount() {
    return unlabelled;
  }

  /** Labelled records of each class. */
  public Map<String, Long> classes() {
    return Collections.unmodifiableMap(classes);
  }

  /** Event time of the oldest labelled record in ms since the epoch; meaningless without one. */
  public long firstTime() {
    return firstTime;
  }

  /** Event time of the newest labelled record in ms since the epoch; meaningless without one. */
  public long lastTime() {
    return lastTime;
  }

  /** By {@code topic-partition}, where the labelled records and their labels stand. */
  public Map<String, OffsetSpan> spans() {
    return Collections.unmodifiableMap(spans);
  }

  /** Writes it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(unlabelled);
    out.writeLong(firstTime);
    out.writeLong(lastTime);
    out.writeInt(classes.size());
    for (Map.Entry<String, Long> ofClass : classes.entrySet()) {
      out.writeUTF(ofClass.getKey());
      out.writeLong(ofClass.getValue());
    }
    out.writeInt(spans.size());
    for (Map.Entry<String, OffsetSpan> span : spans.entrySet()) {
      out.writeUTF(span.getKey());
      out.writeLong(span.getValue().from());
      out.writeLong(span.getValue().to());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Tally read(DataInput in) throws IOException {
    Tally tally = new Tally();
    tally.unlabelled = in.readLong();
    tally.firstTime = in.readLong();
    tally.lastTime = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      tally.classes.put(in.readUTF(), in.readLong());
    }
    for (int left = in.readInt(); left > 0; left--) {
      tally.spans.put(in.readUTF(), new OffsetSpan(in.readLong(), in.readLong()));
    }
    return tally;
  }
}
