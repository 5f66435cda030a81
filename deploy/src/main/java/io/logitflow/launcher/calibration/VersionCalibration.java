package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows of one model version under one calibration and in one role, merged.
 *
 * @param windows the oldest first, at least one
 * @param merged the sum of their statistics
 * @param metrics of the merged statistics
 * @param labels what was wrong with labels and predictions in all windows
 */
record VersionCalibration(
    Key key,
    List<CalibrationWindow> windows,
    CalibrationStatistics merged,
    CalibrationMetrics metrics,
    LabelCounts labels) {

  /**
   * Whose windows they are.
   *
   * @param version of the model
   * @param calibrationVersion of the calibration that was applied
   */
  record Key(long version, int calibrationVersion, ModelRole role) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::version)
            .thenComparingInt(Key::calibrationVersion)
            .thenComparing(Key::role);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Merges windows of the same version, calibration and role.
   *
   * @param windows at least one
   * @throws IOException if they are of different numbers of classes
   */
  static VersionCalibration of(List<CalibrationWindow> windows) throws IOException {
    CalibrationWindow first = windows.get(0);
    CalibrationStatistics merged = first.statistics().copy();
    LabelCounts labels = first.labels();
    for (CalibrationWindow window : windows.subList(1, windows.size())) {
      if (window.statistics().classes() != merged.classes()) {
        throw new IOException(
            "version %d has windows of %d and of %d classes: are there records of another installation on the topic?"
                .formatted(first.version(), merged.classes(), window.statistics().classes()));
      }
      merged.merge(window.statistics());
      labels = labels.plus(window.labels());
    }
    return new VersionCalibration(
        new Key(first.version(), first.calibrationVersion(), first.role()),
        List.copyOf(windows),
        merged,
        CalibrationMetrics.of(merged),
        labels);
  }

  /**
   * Merges windows by whose they are; ascending.
   *
   * @param windows the oldest first
   */
  static List<VersionCalibration> each(List<CalibrationWindow> windows) throws IOException {
    Map<Key, List<CalibrationWindow>> grouped = new LinkedHashMap<>();
    for (CalibrationWindow window : windows) {
      grouped
          .computeIfAbsent(
              new Key(window.version(), window.calibrationVersion(), window.role()),
              key -> new ArrayList<>())
          .add(window);
    }
    List<VersionCalibration> versions = new ArrayList<>();
    for (List<CalibrationWindow> group : grouped.values()) {
      versions.add(of(group));
    }
    versions.sort(Comparator.comparing(VersionCalibration::key));
    return versions;
  }

  Instant start() {
    return windows.get(0).start();
  }

  Instant end() {
    return windows.stream()
        .map(CalibrationWindow::end)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Windows whose labels had not all the time to come. */
  long incomplete() {
    return windows.stream().filter(window -> !window.complete()).count();
  }

  /**
   * The same in at most so many parts of consecutive windows, the oldest first; windows of which
   * one is complete and another is not are never in one part.
   */
  List<VersionCalibration> parts(int most) throws IOException {
    int size = Math.max(1, (windows.size() + most - 1) / most);
    List<VersionCalibration> parts = new ArrayList<>();
    List<CalibrationWindow> part = new ArrayList<>();
    for (CalibrationWindow window : windows) {
      if (part.size() == size || (!part.isEmpty() && part.get(0).complete() != window.complete())) {
        parts.add(of(part));
        part = new ArrayList<>();
      }
      part.add(window);
    }
    parts.add(of(part));
    return parts;
  }
}
