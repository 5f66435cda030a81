package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;

/**
 * {@link CalibrationStatistics} as bytes for a state backend: a version, then what is not 0. Equal
 * statistics have equal bytes.
 */
public final class CalibrationStatisticsFormat {

  private static final int VERSION = 1;

  private CalibrationStatisticsFormat() {}

  /** Writes statistics. */
  public static void write(CalibrationStatistics statistics, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    CompactNumbers.writeLong(out, statistics.classes());
    writeAll(out, statistics.counts());
    writeAll(out, statistics.delays());
    statistics.sums().write(out);
    for (SumTable table : statistics.tables()) {
      table.write(out);
    }
    statistics.temperature().write(out);
    CompactNumbers.writeLong(out, statistics.pairs().size());
    for (Map.Entry<Long, PairedStatistics> pair : statistics.pairs().entrySet()) {
      CompactNumbers.writeLong(out, pair.getKey());
      pair.getValue().write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not that
   */
  public static CalibrationStatistics read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "calibration statistics have format %d, expected %d".formatted(version, VERSION));
    }
    int classes =
        CompactNumbers.readIndex(in, CalibrationStatistics.MAX_CLASSES, "number of classes");
    if (classes == 0) {
      throw new IOException("calibration statistics are of 0 classes");
    }
    CalibrationStatistics read = new CalibrationStatistics(classes);
    readAll(in, read.counts());
    readAll(in, read.delays());
    read.sums().merge(ExactSums.read(in, read.sums().size()));
    for (SumTable table : read.tables()) {
      table.readInto(in);
    }
    read.temperature().merge(TemperatureGrid.read(in));
    readPairs(in, read.pairs());
    return read;
  }

  private static void readPairs(DataInput in, NavigableMap<Long, PairedStatistics> pairs)
      throws IOException {
    int count = CompactNumbers.readIndex(in, Integer.MAX_VALUE, "number of champions");
    for (int i = 0; i < count; i++) {
      long champion = CompactNumbers.readLong(in);
      PairedStatistics pair = PairedStatistics.read(in);
      if (pair.isEmpty() || (!pairs.isEmpty() && champion <= pairs.lastKey())) {
        throw new IOException("champion %d is empty or out of order".formatted(champion));
      }
      pairs.put(champion, pair);
    }
  }

  private static void writeAll(DataOutput out, long[] values) throws IOException {
    for (long value : values) {
      CompactNumbers.writeLong(out, value);
    }
  }

  private static void readAll(DataInput in, long[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = CompactNumbers.readLong(in);
    }
  }
}
