package io.logitflow.demo;

import io.logitflow.console.Quantity;
import io.logitflow.schema.Decision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A decision on the model as one line. */
final class DecisionText {
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private DecisionText() {}

  /**
   * The line.
   *
   * @param start when the demo began to send: times are shown since then
   */
  static String of(Decision decision, Instant start) {
    Duration since = Duration.between(start, decision.getDecidedAt());
    return Quantity.clock(since.isNegative() ? Duration.ZERO : since) + " " + what(decision);
  }

  private static String what(Decision decision) {
    return CalibrationObservation.isChange(decision)
        ? change(decision)
        : "%s of version %d %s: %s"
            .formatted(
                words(decision.getKind()),
                decision.getModelVersion(),
                words(decision.getOutcome()),
                decision.getReason());
  }

  private static String change(Decision decision) {
    return switch (decision.getKind()) {
      case RECALIBRATION ->
          "version %d is champion: %s, held-out NLL %s instead of %s"
              .formatted(
                  decision.getCandidateVersion(),
                  calibration(decision),
                  Quantity.fraction(evidence(decision, "nllAfter")),
                  Quantity.fraction(evidence(decision, "nllBefore")));
      case DRIFT_ALARM ->
          "DRIFT: version %d was wrong on at most %s of the records, now on %s"
              .formatted(
                  decision.getModelVersion(),
                  Quantity.percent(evidence(decision, "referenceBound")),
                  Quantity.percent(evidence(decision, "recentErrorRate")));
      case RETRAINING ->
          "version %d is trained and the challenger: held-out NLL %s, the champion's %s"
              .formatted(
                  decision.getCandidateVersion(),
                  Quantity.fraction(evidence(decision, "candidateNll")),
                  Quantity.fraction(evidence(decision, "championNll")));
      case PROMOTION, ROLLBACK ->
          "version %d is champion instead of version %d: %s"
              .formatted(
                  decision.getCandidateVersion(), decision.getModelVersion(), decision.getReason());
      default ->
          "version %d is given up: %s"
              .formatted(decision.getCandidateVersion(), decision.getReason());
    };
  }

  private static double evidence(Decision decision, String name) {
    return decision.getEvidence().getOrDefault(name, Double.NaN);
  }

  private static String calibration(Decision decision) {
    double after = evidence(decision, "temperatureAfter");
    double before = evidence(decision, "temperatureBefore");
    boolean alike = rounded(after, THREE_DIGITS).equals(rounded(before, THREE_DIGITS));
    MathContext digits = alike ? MathContext.DECIMAL32 : THREE_DIGITS;
    return "temperature %s instead of %s%s"
        .formatted(
            rounded(after, digits),
            rounded(before, digits),
            decision.getDetails().containsKey("biases") ? " and a bias for each class" : "");
  }

  private static String rounded(double value, MathContext digits) {
    return Double.isNaN(value)
        ? "-"
        : new BigDecimal(value).round(digits).stripTrailingZeros().toPlainString();
  }

  private static String words(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
