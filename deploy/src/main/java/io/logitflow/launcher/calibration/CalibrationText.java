package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.console.Glyphs;
import io.logitflow.console.Quantity;
import java.util.ArrayList;
import java.util.List;

/** A report as a page of text, or as one line. */
final class CalibrationText {

  /** Sentences are broken before it. */
  private static final int WIDTH = 100;

  private final Glyphs glyphs;
  private final boolean bins;

  /**
   * Decides how pages look.
   *
   * @param bins whether they have the table of the bins
   */
  CalibrationText(Glyphs glyphs, boolean bins) {
    this.glyphs = glyphs;
    this.bins = bins;
  }

  /** The page. */
  List<String> page(CalibrationReport report) {
    VersionCalibration chosen = report.chosen();
    List<String> lines = new ArrayList<>();
    lines.add(title(report));
    lines.add("");
    lines.addAll(VersionTables.scores(report));
    lines.add("");
    lines.addAll(VersionTables.errors(report));
    lines.add("");
    List<String> notes = VersionTables.notes(report);
    if (!notes.isEmpty()) {
      notes.forEach(note -> lines.addAll(broken(note)));
      lines.add("");
    }
    lines.addAll(broken(Verdict.of(chosen, report.calibration())));
    if (chosen.merged().labelled() > 0) {
      lines.add("");
      lines.addAll(ReliabilityText.diagram(chosen.metrics(), glyphs));
      if (bins) {
        lines.add("");
        lines.addAll(ReliabilityText.bins(chosen.metrics()));
      }
      long[][] confusion = chosen.metrics().confusion();
      if (confusion.length > 0 && confusion.length <= ConfusionText.MAX_CLASSES) {
        lines.add("");
        lines.addAll(ConfusionText.lines(confusion, report.classNames()));
      }
    }
    return lines;
  }

  /** One line of the version to look at closely, for output that is no terminal. */
  static String line(CalibrationReport report) {
    VersionCalibration chosen = report.chosen();
    CalibrationMetrics metrics = chosen.metrics();
    return "%s version %d, calibration %d, to %s: %s predictions, %s %% labelled, accuracy %s %%, expected %s %%, NLL %s, ECE %s (%s if calibrated)%s"
        .formatted(
            report.model(),
            chosen.key().version(),
            chosen.key().calibrationVersion(),
            chosen.end(),
            Quantity.count(chosen.merged().predictions()),
            Quantity.perCent(metrics.coverage()),
            Quantity.perCent(metrics.accuracy()),
            Quantity.perCent(metrics.expectedAccuracy()),
            Quantity.fraction(metrics.nll()),
            Quantity.fraction(metrics.ece()),
            Quantity.fraction(metrics.reliabilityBins().expectedEceIfCalibrated()),
            chosen.incomplete() > 0 ? ", not complete" : "");
  }

  /** What the report is of. */
  static String title(CalibrationReport report) {
    return "Calibration of %s, %s, from %s to %s"
        .formatted(
            report.model(),
            report.segment().isEmpty() ? "all records" : "segment " + report.segment(),
            report.start(),
            report.end());
  }

  /** A sentence in lines of whole words. */
  private static List<String> broken(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
