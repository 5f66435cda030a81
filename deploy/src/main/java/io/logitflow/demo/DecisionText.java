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
    if (CalibrationObservation.isRecalibration(decision)) {
      return "version %d is champion: temperature %s instead of %s, held-out NLL %s instead of %s"
          .formatted(
              decision.getCandidateVersion(),
              temperature(evidence(decision, "temperatureAfter")),
              temperature(evidence(decision, "temperatureBefore")),
              Quantity.fraction(evidence(decision, "nllAfter")),
              Quantity.fraction(evidence(decision, "nllBefore")));
    }
    return "%s of version %d %s: %s"
        .formatted(
            words(decision.getKind()),
            decision.getModelVersion(),
            words(decision.getOutcome()),
            decision.getReason());
  }

  private static double evidence(Decision decision, String name) {
    return decision.getEvidence().getOrDefault(name, Double.NaN);
  }

  private static String temperature(double value) {
    return Double.isNaN(value)
        ? "-"
        : new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String words(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
