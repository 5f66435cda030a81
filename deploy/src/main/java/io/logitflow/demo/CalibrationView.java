package io.logitflow.demo;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import io.logitflow.interval.Interval;
import io.logitflow.schema.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows what the feedback job and the training job said, as lines of text. */
final class CalibrationView {
  private static final int MOST = 3;

  private CalibrationView() {}

  /**
   * The newest versions and the newest changes, for a page.
   *
   * @param start when the demo began to send
   */
  static List<String> block(CalibrationObservation calibration, Instant start) {
    List<String> lines = new ArrayList<>(table(newest(calibration.versions())));
    for (Decision decision : newest(calibration.changes())) {
      lines.add(DecisionText.of(decision, start));
    }
    return lines;
  }

  /** All versions and all changes, for the end. */
  static List<String> summary(CalibrationObservation calibration, Instant start) {
    List<String> lines = new ArrayList<>(table(calibration.versions()));
    List<Decision> changes = calibration.changes();
    changes.forEach(decision -> lines.add(DecisionText.of(decision, start)));
    List<Decision> others = new ArrayList<>(calibration.decisions());
    others.removeAll(changes);
    if (!others.isEmpty()) {
      lines.add(
          others.size() == 1
              ? "One more decision changed nothing:"
              : "%s more decisions changed nothing, the last one:"
                  .formatted(Quantity.count(others.size())));
      lines.add(DecisionText.of(others.get(others.size() - 1), start));
    }
    return lines;
  }

  /** ECE of the newest version, for a line. */
  static String ece(CalibrationObservation calibration) {
    return Quantity.fraction(
        calibration.newest().map(version -> version.metrics().ece()).orElse(Double.NaN));
  }

  private static List<String> table(List<ServedVersion> versions) {
    TextTable table =
        new TextTable(
            List.of(
                " VERSION",
                " LABELLED",
                " ACCURACY % [95%]",
                " SAYS %",
                " ECE",
                " IF CALIBRATED",
                " NLL"));
    for (ServedVersion version : versions) {
      CalibrationMetrics metrics = version.metrics();
      table.add(
          List.of(
              Long.toString(version.version()),
              Quantity.count(version.labelled()),
              accuracy(metrics),
              Quantity.perCent(metrics.meanConfidence()),
              Quantity.fraction(metrics.ece()),
              Quantity.fraction(metrics.reliabilityBins().expectedEceIfCalibrated()),
              Quantity.fraction(metrics.nll())));
    }
    return table.lines();
  }

  private static String accuracy(CalibrationMetrics metrics) {
    if (Double.isNaN(metrics.accuracy())) {
      return Quantity.perCent(Double.NaN);
    }
    Interval interval = metrics.accuracyAnytime();
    return "%s [%s, %s]"
        .formatted(
            Quantity.perCent(metrics.accuracy()),
            Quantity.perCent(interval.lower()),
            Quantity.perCent(interval.upper()));
  }

  private static <T> List<T> newest(List<T> all) {
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }
}
