package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.CalibrationStatisticsFormat;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statistics of versions in windows of event time. Where there are too many windows to be looked
 * at, neighbours are merged, two by two: sums merge exactly.
 */
final class VersionWindows {

  private static final int MAX_WINDOWS = 240;

  private long length;
  private SortedMap<Long, SortedMap<Long, CalibrationStatistics>> versions = new TreeMap<>();

  /**
   * No statistics yet.
   *
   * @param length length of the windows in ms, aligned to the epoch
   */
  VersionWindows(long length) {
    this.length = length;
  }

  /** Length of the windows in ms: the one of the beginning, or a multiple of it. */
  long length() {
    return length;
  }

  /** The statistics by version and start of the window. */
  SortedMap<Long, SortedMap<Long, CalibrationStatistics>> versions() {
    return versions;
  }

  /** Adds the statistics of a version in a window; they are the collection's from now on. */
  void add(long version, long start, CalibrationStatistics statistics) {
    put(versions, version, start, statistics);
    while (starts().size() > MAX_WINDOWS) {
      merge();
    }
  }

  private void put(
      SortedMap<Long, SortedMap<Long, CalibrationStatistics>> to,
      long version,
      long start,
      CalibrationStatistics statistics) {
    long aligned = start - Math.floorMod(start, length);
    CalibrationStatistics before =
        to.computeIfAbsent(version, v -> new TreeMap<>()).putIfAbsent(aligned, statistics);
    if (before != null) {
      before.merge(statistics);
    }
  }

  private Set<Long> starts() {
    Set<Long> starts = new HashSet<>();
    versions.values().forEach(windows -> starts.addAll(windows.keySet()));
    return starts;
  }

  private void merge() {
    length *= 2;
    SortedMap<Long, SortedMap<Long, CalibrationStatistics>> merged = new TreeMap<>();
    versions.forEach(
        (version, windows) ->
            windows.forEach((start, statistics) -> put(merged, version, start, statistics)));
    versions = merged;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(length);
    out.writeInt(versions.size());
    for (Map.Entry<Long, SortedMap<Long, CalibrationStatistics>> version : versions.entrySet()) {
      out.writeLong(version.getKey());
      out.writeInt(version.getValue().size());
      for (Map.Entry<Long, CalibrationStatistics> window : version.getValue().entrySet()) {
        out.writeLong(window.getKey());
        CalibrationStatisticsFormat.write(window.getValue(), out);
      }
    }
  }

  static VersionWindows read(DataInput in) throws IOException {
    VersionWindows read = new VersionWindows(in.readLong());
    int versions = in.readInt();
    for (int i = 0; i < versions; i++) {
      long version = in.readLong();
      int windows = in.readInt();
      for (int j = 0; j < windows; j++) {
        long start = in.readLong();
        read.add(version, start, CalibrationStatisticsFormat.read(in));
      }
    }
    return read;
  }
}
