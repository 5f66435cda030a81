package io.logitflow.classifier;

/**
 * Temperature scaling of the logits before the output function: {@code z' = z / temperature}.
 *
 * @param version version of the parameters, 1, 2, 3 ... within the weights; 0 is the identity
 * @param temperature from {@value #MIN_TEMPERATURE} to {@value #MAX_TEMPERATURE}; above 1 makes
 *     probabilities softer
 */
public record Calibration(int version, double temperature) {

  /** Probabilities as they come from the logits. */
  public static final Calibration IDENTITY = new Calibration(0, 1.0);

  /** Below it, differences of float32 logits are all or nothing. */
  public static final double MIN_TEMPERATURE = 1e-6;

  /** Above it, every probability is the same. */
  public static final double MAX_TEMPERATURE = 1e6;

  void check() throws InvalidModelException {
    if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
      throw new InvalidModelException(
          "calibration.temperature is %s, expected %s to %s"
              .formatted(temperature, MIN_TEMPERATURE, MAX_TEMPERATURE));
    }
    if (version < 0 || (version == 0 && temperature != 1.0)) {
      throw new InvalidModelException(
          "calibration.version is %d, expected at least 1 (0 is the identity)".formatted(version));
    }
  }
}
