package io.logitflow.launcher.calibration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The windows of one model and segment, as the calibration topic has them: the last record of a key
 * counts, a record without a value takes its window away.
 */
final class CalibrationWindows {

  private final String model;
  private final String segment;
  private final Map<String, CalibrationWindow> windows = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final SortedSet<String> models = new TreeSet<>();
  private final SortedSet<String> segments = new TreeSet<>();

  /**
   * No windows.
   *
   * @param segment empty: all records
   */
  CalibrationWindows(String model, String segment) {
    this.model = model;
    this.segment = segment;
  }

  /**
   * Takes in one record.
   *
   * @param place topic, partition and offset, for the problems
   * @param key may be null
   * @param value null deletes
   */
  void add(String place, byte[] key, byte[] value) {
    if (key == null) {
      problems.put(place, place + ": the record has no key");
      return;
    }
    String text = new String(key, ISO_8859_1);
    windows.remove(text);
    problems.remove(text);
    if (value == null) {
      return;
    }
    try {
      CalibrationRecord record = SingleObjects.decode(CalibrationRecord.class, value);
      models.add(record.getModel());
      if (record.getModel().equals(model)) {
        segments.add(record.getSegment());
        if (record.getSegment().equals(segment)) {
          windows.put(text, CalibrationWindow.of(record));
        }
      }
    } catch (IOException e) {
      problems.put(text, "%s: %s".formatted(place, e.getMessage()));
    }
  }

  /** Records that were passed over, one line each with topic, partition and offset. */
  Collection<String> problems() {
    return problems.values();
  }

  /**
   * The windows of a range, the oldest first; at least one.
   *
   * @throws NoWindowsException if there are none
   */
  List<CalibrationWindow> in(TimeRange range) throws NoWindowsException {
    if (windows.isEmpty()) {
      throw new NoWindowsException(nothing());
    }
    Instant newestEnd =
        windows.values().stream()
            .map(CalibrationWindow::end)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    List<CalibrationWindow> found =
        windows.values().stream()
            .filter(window -> range.holds(window.start(), newestEnd))
            .sorted(Comparator.comparing(CalibrationWindow::start))
            .toList();
    if (found.isEmpty()) {
      Instant oldest =
          windows.values().stream()
              .map(CalibrationWindow::start)
              .min(Comparator.naturalOrder())
              .orElseThrow();
      throw new NoWindowsException(
          "model '%s' has no window %s; its windows are from %s to %s"
              .formatted(model, range, oldest, newestEnd));
    }
    return found;
  }

  private String nothing() {
    if (models.isEmpty()) {
      return "the calibration topic has no records"
          + (problems.isEmpty() ? " yet: the feedback job writes them" : " that can be read");
    }
    if (!models.contains(model)) {
      return "the calibration topic has nothing of model '%s'; it has %s"
          .formatted(model, String.join(", ", models));
    }
    if (!segments.contains(segment)) {
      return "model '%s' has no segment '%s'; it has %s"
          .formatted(model, segment, String.join(", ", named(segments)));
    }
    return "model '%s' has no window that can be read".formatted(model);
  }

  private static List<String> named(Collection<String> segments) {
    return segments.stream().map(name -> name.isEmpty() ? "'' (all records)" : name).toList();
  }
}
