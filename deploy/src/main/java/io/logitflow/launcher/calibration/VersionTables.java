package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.ReliabilityBins;
import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import io.logitflow.interval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All versions of a report in tables of one line each, and what is to be known of them below. */
final class VersionTables {

  private static final String INCOMPLETE = "*";

  private VersionTables() {}

  /** How often each version was right. */
  static List<String> scores(CalibrationReport report) {
    TextTable table =
        new TextTable(
            List.of(
                " VER",
                " CAL",
                "ROLE",
                " WINDOWS",
                " PREDICTED",
                " LABELLED",
                " ACCURACY % [95%]",
                " EXPECTS",
                " NLL",
                " BRIER"));
    for (VersionCalibration version : report.versions()) {
      CalibrationMetrics metrics = version.metrics();
      table.add(
          List.of(
              Long.toString(version.key().version()),
              Integer.toString(version.key().calibrationVersion()),
              roleThenAndNow(report, version),
              Quantity.count(version.windows().size())
                  + (version.incomplete() > 0 ? INCOMPLETE : ""),
              Quantity.count(version.merged().predictions()),
              Quantity.perCent(metrics.coverage()) + " %",
              accuracy(metrics),
              Quantity.perCent(metrics.expectedAccuracy()),
              Quantity.fraction(metrics.nll()),
              Quantity.fraction(metrics.brier())));
    }
    return table.lines();
  }

  /** How far the confidences of each version can be trusted. */
  static List<String> errors(CalibrationReport report) {
    TextTable table =
        new TextTable(
            List.of(
                " VER",
                " CAL",
                " ECE",
                " IF CALIBRATED",
                " DEBIASED",
                " SMECE",
                " GAP",
                "CONFIDENT",
                " P-VALUE",
                " DELAY P50",
                " P99"));
    for (VersionCalibration version : report.versions()) {
      CalibrationMetrics metrics = version.metrics();
      ReliabilityBins bins = metrics.reliabilityBins();
      table.add(
          List.of(
              Long.toString(version.key().version()),
              Integer.toString(version.key().calibrationVersion()),
              Quantity.fraction(bins.ece()),
              Quantity.fraction(bins.expectedEceIfCalibrated()),
              Quantity.fraction(bins.debiasedL2()),
              Quantity.fraction(metrics.smoothError().value()),
              signed(bins.signedGap()),
              confident(metrics),
              Verdict.probability(metrics.spiegelhalterPValue()),
              Quantity.duration(metrics.delayQuantile(0.5)),
              Quantity.duration(metrics.delayQuantile(0.99))));
    }
    return table.lines();
  }

  /** What is to be known of the versions: windows that are not complete, labels that went wrong. */
  static List<String> notes(CalibrationReport report) {
    List<String> notes = new ArrayList<>();
    long incomplete = report.versions().stream().mapToLong(VersionCalibration::incomplete).sum();
    if (incomplete > 0) {
      notes.add(
          "%s %s: labels are still to come, and numbers may be biased towards those that come early."
              .formatted(
                  INCOMPLETE,
                  incomplete == 1
                      ? "1 window is not complete"
                      : Quantity.count(incomplete) + " windows are not complete"));
    }
    for (VersionCalibration version : report.versions()) {
      String counts =
          version.labels().notable().entrySet().stream()
              .map(entry -> "%s: %s".formatted(entry.getKey(), Quantity.count(entry.getValue())))
              .collect(Collectors.joining("; "));
      if (!counts.isEmpty()) {
        notes.add("Version %d (%s): %s.".formatted(version.key().version(), role(version), counts));
      }
      if (version.merged().invalid() > 0) {
        notes.add(
            "Version %d (%s): %s predictions are no probability distribution and are left out."
                .formatted(
                    version.key().version(),
                    role(version),
                    Quantity.count(version.merged().invalid())));
      }
    }
    if (report.labelsWithoutPrediction() > 0) {
      notes.add(
          "Labels without a prediction: %s."
              .formatted(Quantity.count(report.labelsWithoutPrediction())));
    }
    return notes;
  }

  /** What a version was when it scored. */
  static String role(VersionCalibration version) {
    return version.key().role().name().toLowerCase(Locale.ROOT);
  }

  /** The same, with the aliases that the version has now where they are others. */
  private static String roleThenAndNow(CalibrationReport report, VersionCalibration version) {
    List<String> aliases = report.aliases(version.key().version());
    return aliases.isEmpty() || aliases.contains(role(version))
        ? role(version)
        : role(version) + "->" + String.join(",", aliases);
  }

  private static String accuracy(CalibrationMetrics metrics) {
    Interval interval = metrics.accuracyAnytime();
    return Double.isNaN(metrics.accuracy())
        ? "-"
        : "%s [%s, %s]"
            .formatted(
                Quantity.perCent(metrics.accuracy()),
                Quantity.perCent(interval.lower()),
                Quantity.perCent(interval.upper()));
  }

  /** Over- or underconfident, so far as that is proven. */
  private static String confident(CalibrationMetrics metrics) {
    return switch (Verdict.direction(metrics)) {
      case OVERCONFIDENT -> "over";
      case UNDERCONFIDENT -> "under";
      case NOT_PROVEN -> Double.isNaN(metrics.accuracy()) ? "-" : "not proven";
    };
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + Quantity.fraction(value);
  }
}
