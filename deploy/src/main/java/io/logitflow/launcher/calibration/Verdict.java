package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.TemperatureCurve;
import io.logitflow.classifier.Calibration;
import io.logitflow.console.Quantity;
import io.logitflow.interval.Interval;
import java.util.Locale;
import java.util.Optional;

/** What the numbers of a version mean, in a sentence or two. */
final class Verdict {

  /** Fewer labels say nothing that would stand the next day. */
  static final long MIN_LABELS = 200;

  private static final double LEVEL = 0.05;

  private Verdict() {}

  /** How the mean confidence stands to the interval of the accuracy. */
  enum Direction {
    /** Above it. */
    OVERCONFIDENT,
    /** Below it. */
    UNDERCONFIDENT,
    /** In it, or there are no labels. */
    NOT_PROVEN
  }

  /**
   * The sentence.
   *
   * @param calibration what is applied to the logits, if it is known
   */
  static String of(VersionCalibration version, Optional<Calibration> calibration) {
    CalibrationMetrics metrics = version.metrics();
    String name = "Version " + version.key().version();
    long labelled = version.merged().labelled();
    if (labelled < MIN_LABELS) {
      return "%s has %s: too few to say how far its confidences can be trusted. It expects to be right %s of the time."
          .formatted(
              name,
              labelled == 0 ? "no labels yet" : Quantity.count(labelled) + " labels",
              percent(metrics.expectedAccuracy()));
    }
    String rates =
        "it is right %s of the time and says %s"
            .formatted(percent(metrics.accuracy()), percent(metrics.meanConfidence()));
    Direction direction = direction(metrics);
    if (direction != Direction.NOT_PROVEN) {
      return "%s is %s: %s%s."
          .formatted(
              name, direction.name().toLowerCase(Locale.ROOT), rates, repair(version, calibration));
    }
    if (metrics.spiegelhalterPValue() < LEVEL) {
      return "%s is right on average, but not at each confidence (p %s): %s%s."
          .formatted(
              name,
              probability(metrics.spiegelhalterPValue()),
              rates,
              repair(version, calibration));
    }
    return "%s shows no miscalibration that %s labels could prove: %s."
        .formatted(name, Quantity.count(labelled), rates);
  }

  /** Which way confidences are off on average, as far as the labels can tell. */
  static Direction direction(CalibrationMetrics metrics) {
    Interval accuracy = metrics.accuracyAnytime();
    double says = metrics.meanConfidence();
    if (says < accuracy.lower()) {
      return Direction.UNDERCONFIDENT;
    }
    return says > accuracy.upper() ? Direction.OVERCONFIDENT : Direction.NOT_PROVEN;
  }

  /** A probability that may be very small. */
  static String probability(double p) {
    if (Double.isNaN(p)) {
      return "-";
    }
    if (p < 1e-16) {
      return "< 1e-16";
    }
    return String.format(Locale.ROOT, p < 1e-3 ? "%.0e" : "%.3f", p);
  }

  private static String repair(VersionCalibration version, Optional<Calibration> calibration) {
    if (version.merged().temperatureRecords() < MIN_LABELS) {
      return "";
    }
    double temperature = Math.exp(-TemperatureCurve.of(version.merged()).optimum(0));
    String inForce =
        calibration
            .map(Calibration::temperature)
            .filter(current -> current != 1)
            .map(current -> String.format(Locale.ROOT, " in place of %.3g", current))
            .orElse("");
    return String.format(
        Locale.ROOT, "; a temperature of %.3g%s would fit these labels best", temperature, inForce);
  }

  private static String percent(double share) {
    return Quantity.perCent(share) + " %";
  }
}
