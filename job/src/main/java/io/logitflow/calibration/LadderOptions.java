package io.logitflow.calibration;

/**
 * When a step of the ladder is taken.
 *
 * @param minFitLabels labels to fit a temperature to, and to return to the identity
 * @param minBiasLabels rows to fit biases to
 * @param minHeldOutLabels labels to judge a candidate by
 * @param minGain nats per held-out label that a candidate must gain over what is in force, and a
 *     step over the step below it
 * @param level probability of publishing what gains nothing, per decision
 * @param priorDeviation standard deviation of a normal prior of ln(1/T) around 0
 */
public record LadderOptions(
    long minFitLabels,
    long minBiasLabels,
    long minHeldOutLabels,
    double minGain,
    double level,
    double priorDeviation) {

  public static final LadderOptions DEFAULTS = new LadderOptions(200, 50_000, 200, 1e-4, 0.01, 0.5);

  /** Checks the ranges. */
  public LadderOptions {
    check(minFitLabels >= 1, "minFitLabels", minFitLabels, "at least 1");
    check(minBiasLabels >= 1, "minBiasLabels", minBiasLabels, "at least 1");
    check(minHeldOutLabels >= 2, "minHeldOutLabels", minHeldOutLabels, "at least 2");
    check(minGain >= 0, "minGain", minGain, "at least 0");
    check(level > 0 && level < 0.5, "level", level, "above 0 and below 0.5");
    check(priorDeviation > 0, "priorDeviation", priorDeviation, "above 0");
  }

  /** Precision of the prior of ln(1/T). */
  double priorPrecision() {
    return 1 / (priorDeviation * priorDeviation);
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(name, value, expected));
    }
  }
}
