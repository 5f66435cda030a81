package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationLadder;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.HeldOutWindows;
import io.logitflow.calibration.LabelledLogits;
import io.logitflow.calibration.TemperatureCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * What a decision on the calibration rests on: the newest complete windows of the weights that
 * serve now, the newest quarter of their labels held out.
 *
 * @param modelVersion the newest version of the model with labels
 * @param oldestWindow start of the oldest window that counts, in ms since the epoch
 * @param newestWindow start of the newest one
 * @param labels labels in these windows
 * @param judgement what the ladder decides by; null if there are fewer than two windows
 */
record RecalibrationEvidence(
    long modelVersion,
    long oldestWindow,
    long newestWindow,
    long labels,
    CalibrationLadder.Evidence judgement) {

  private static final Comparator<StatisticsKey> BY_AGE =
      Comparator.comparingLong(StatisticsKey::windowStart)
          .thenComparingLong(StatisticsKey::modelVersion);

  /** The sums of a window over the calibrations that served in it. */
  private record Window(long start, CalibrationStatistics statistics) {}

  /**
   * Gathers the evidence.
   *
   * @param sums sums of complete windows of champions; not empty
   * @param sample labelled records, of any window
   * @param enough labels that are enough; older windows do not count
   * @param weights tells which weights a version has
   */
  static RecalibrationEvidence gather(
      Iterable<Map.Entry<StatisticsKey, CalibrationStatistics>> sums,
      Iterable<LabelledRecord> sample,
      Windowing windowing,
      long enough,
      LongFunction<String> weights) {
    StatisticsKey newest = null;
    for (Map.Entry<StatisticsKey, CalibrationStatistics> entry : sums) {
      if (newest == null || BY_AGE.compare(entry.getKey(), newest) > 0) {
        newest = entry.getKey();
      }
    }
    String serving = weights.apply(newest.modelVersion());
    List<Window> windows = newest(sums, newest, enough, serving, weights);
    long labels = windows.stream().mapToLong(window -> window.statistics().labelled()).sum();
    long oldest = windows.get(windows.size() - 1).start();
    return new RecalibrationEvidence(
        newest.modelVersion(),
        oldest,
        newest.windowStart(),
        labels,
        windows.size() < 2 ? null : split(windows, rows(sample, serving, weights), windowing));
  }

  /**
   * The newest windows with labels of these weights, newest first: two, if there are so many, and
   * more until there are enough labels.
   */
  private static List<Window> newest(
      Iterable<Map.Entry<StatisticsKey, CalibrationStatistics>> sums,
      StatisticsKey newest,
      long enough,
      String serving,
      LongFunction<String> weights) {
    TreeMap<Long, CalibrationStatistics> byStart = new TreeMap<>(Comparator.reverseOrder());
    for (Map.Entry<StatisticsKey, CalibrationStatistics> entry : sums) {
      StatisticsKey key = entry.getKey();
      if (key.classes() == newest.classes()
          && weights.apply(key.modelVersion()).equals(serving)
          && entry.getValue().labelled() > 0) {
        byStart
            .computeIfAbsent(key.windowStart(), s -> new CalibrationStatistics(key.classes()))
            .merge(entry.getValue());
      }
    }
    List<Window> windows = new ArrayList<>();
    long labels = 0;
    for (Map.Entry<Long, CalibrationStatistics> entry : byStart.entrySet()) {
      windows.add(new Window(entry.getKey(), entry.getValue()));
      labels += entry.getValue().labelled();
      // One window, however many labels it has, would leave none to hold out.
      if (labels >= enough && windows.size() > 1) {
        break;
      }
    }
    if (windows.isEmpty()) {
      windows.add(new Window(newest.windowStart(), new CalibrationStatistics(newest.classes())));
    }
    return windows;
  }

  private static List<LabelledRecord> rows(
      Iterable<LabelledRecord> sample, String serving, LongFunction<String> weights) {
    List<LabelledRecord> rows = new ArrayList<>();
    for (LabelledRecord record : sample) {
      if (weights.apply(record.modelVersion()).equals(serving) && isFinite(record.logits())) {
        rows.add(record);
      }
    }
    // The order of state is not that of another run, and sums of doubles depend on it.
    rows.sort(
        Comparator.comparingLong(LabelledRecord::time)
            .thenComparingLong(LabelledRecord::recordHash));
    return rows;
  }

  private static boolean isFinite(float[] logits) {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return false;
      }
    }
    return true;
  }

  private static CalibrationLadder.Evidence split(
      List<Window> windows, List<LabelledRecord> rows, Windowing windowing) {
    int classes = windows.get(0).statistics().classes();
    CalibrationStatistics heldOut = new CalibrationStatistics(classes);
    CalibrationStatistics fit = new CalibrationStatistics(classes);
    Set<Long> heldOutWindows = new HashSet<>();
    Set<Long> fitWindows = new HashSet<>();
    // They come newest first.
    long[] labels = new long[windows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[labels.length - 1 - i] = windows.get(i).statistics().labelled();
    }
    int newestFitted = windows.size() - HeldOutWindows.windowsToFit(labels);
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      if (i < newestFitted) {
        heldOut.merge(window.statistics());
        heldOutWindows.add(window.start());
      } else {
        fit.merge(window.statistics());
        fitWindows.add(window.start());
      }
    }
    return new CalibrationLadder.Evidence(
        TemperatureCurve.of(fit),
        TemperatureCurve.of(heldOut),
        of(rows, fitWindows, windowing, classes),
        of(rows, heldOutWindows, windowing, classes));
  }

  private static LabelledLogits of(
      List<LabelledRecord> rows, Set<Long> windows, Windowing windowing, int classes) {
    List<LabelledRecord> chosen =
        rows.stream()
            .filter(row -> windows.contains(windowing.start(row.time())))
            .filter(row -> row.logits().length == classes && row.trueClass() < classes)
            .toList();
    return new LabelledLogits(
        chosen.stream().map(LabelledRecord::logits).toArray(float[][]::new),
        chosen.stream().mapToInt(LabelledRecord::trueClass).toArray());
  }
}
