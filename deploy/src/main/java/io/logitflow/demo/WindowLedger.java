package io.logitflow.demo;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.InvalidCalibrationRecordException;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up the windows of the versions that served. A record replaces the one before with its key,
 * until it is final; from then on only the sum over the windows is kept, so that a long run takes
 * no more memory than a short one.
 *
 * <p>Not thread-safe.
 */
final class WindowLedger {
  private final Map<String, Window> open = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Map<Long, CalibrationStatistics> sums = new TreeMap<>();

  private record Window(long version, CalibrationStatistics statistics) {}

  /**
   * A record was read.
   *
   * @param key on the calibration topic
   * @throws IOException if its numbers cannot be
   */
  void add(String key, CalibrationRecord record) throws IOException {
    if (record.getRole() != ModelRole.CHAMPION
        || !record.getSegment().isEmpty()
        || closed.contains(key)) {
      return;
    }
    CalibrationStatistics statistics;
    try {
      statistics = CalibrationRecords.fromRecord(record);
    } catch (InvalidCalibrationRecordException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (record.getFiring() == Firing.FINAL) {
      open.remove(key);
      closed.add(key);
      sums.merge(record.getModelVersion(), statistics, WindowLedger::merged);
    } else {
      open.put(key, new Window(record.getModelVersion(), statistics));
    }
  }

  /** The versions, ascending. */
  List<ServedVersion> versions() {
    Map<Long, CalibrationStatistics> all = new TreeMap<>();
    sums.forEach((version, statistics) -> all.put(version, statistics.copy()));
    for (Window window : open.values()) {
      all.merge(window.version(), window.statistics().copy(), WindowLedger::merged);
    }
    List<ServedVersion> versions = new ArrayList<>();
    all.forEach(
        (version, statistics) ->
            versions.add(
                new ServedVersion(
                    version, statistics.labelled(), CalibrationMetrics.of(statistics))));
    return versions;
  }

  private static CalibrationStatistics merged(
      CalibrationStatistics sum, CalibrationStatistics window) {
    sum.merge(window);
    return sum;
  }
}
