package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Argmax;
import java.util.Arrays;

/**
 * What is done to the logits before the output function: {@code z'_k = z_k / temperature + bias_k}.
 *
 * <p>Without biases this is temperature scaling (Guo, Pleiss, Sun and Weinberger, 2017), which
 * changes no order of classes. With them it is bias-corrected temperature scaling (Alexandari,
 * Kundaje and Shrikumar, 2020), which also repairs frequencies of classes and may change the
 * predicted one. Immutable.
 */
public final class Calibration {

  /** Probabilities as they come from the logits. */
  public static final Calibration IDENTITY = new Calibration(0, 1.0);

  /** Below it, differences of float32 logits are all or nothing. */
  public static final double MIN_TEMPERATURE = 1e-6;

  /** Above it, every probability is the same. */
  public static final double MAX_TEMPERATURE = 1e6;

  /** Largest magnitude of a bias: its sum with a logit keeps 1e-9 of it in float64. */
  public static final double MAX_BIAS = 1e6;

  private final int version;
  private final double temperature;
  private final double[] biases;

  /**
   * Temperature scaling.
   *
   * @param version version of the parameters, 1, 2, 3 ... within the weights; 0 is the identity
   * @param temperature from {@value #MIN_TEMPERATURE} to {@value #MAX_TEMPERATURE}; above 1 makes
   *     probabilities softer
   */
  public Calibration(int version, double temperature) {
    this(version, temperature, new double[0]);
  }

  /**
   * Bias-corrected temperature scaling.
   *
   * @param version version of the parameters, 1, 2, 3 ... within the weights; 0 is the identity
   * @param temperature from {@value #MIN_TEMPERATURE} to {@value #MAX_TEMPERATURE}; above 1 makes
   *     probabilities softer
   * @param biases {@code [classes]}, each of a magnitude up to {@value #MAX_BIAS}; or empty for
   *     none. Adding one number to all of them changes no probability of a softmax
   */
  public Calibration(int version, double temperature, double[] biases) {
    this.version = version;
    this.temperature = temperature;
    this.biases = biases.clone();
  }

  /** Version of the parameters; 0 is the identity. */
  public int version() {
    return version;
  }

  /** What logits are divided by. */
  public double temperature() {
    return temperature;
  }

  /** What is added to the logits once they are divided: {@code [classes]}, or empty for none. */
  public double[] biases() {
    return biases.clone();
  }

  /** Whether there are biases, so that the largest logit need not be the predicted class. */
  public boolean hasBiases() {
    return biases.length > 0;
  }

  /** Whether another calibration does the same, under whatever version. */
  public boolean hasParametersOf(Calibration other) {
    return Double.compare(temperature, other.temperature) == 0
        && Arrays.equals(biases, other.biases);
  }

  /** The next version of the parameters: another temperature, the same biases. */
  public Calibration withTemperature(double newTemperature) {
    return new Calibration(version + 1, newTemperature, biases);
  }

  /**
   * Calibrated logits of a row, {@code [classes]}.
   *
   * @param logits {@code [classes]}; not changed
   */
  public double[] apply(double[] logits) {
    double[] calibrated = new double[logits.length];
    for (int k = 0; k < calibrated.length; k++) {
      calibrated[k] = apply(logits[k], k);
    }
    return calibrated;
  }

  /**
   * The predicted class of a row: the smallest index among the largest calibrated logits. Those of
   * a temperature alone are in the order of the logits, which are compared as they are.
   *
   * @param logits {@code [rows, classes]}
   * @param from where the row begins
   */
  int label(float[] logits, int from, int classes) {
    if (!hasBiases()) {
      return Argmax.argmax(logits, from, classes);
    }
    int best = 0;
    double largest = apply(logits[from], 0);
    for (int k = 1; k < classes; k++) {
      double calibrated = apply(logits[from + k], k);
      if (calibrated > largest) {
        largest = calibrated;
        best = k;
      }
    }
    return best;
  }

  /**
   * Writes the calibrated logits of a row minus the one of its label, which leaves all of their
   * precision to float32: the difference is taken in float64.
   */
  void shift(float[] logits, int from, int classes, int label, float[] shifted) {
    double largest = apply(logits[from + label], label);
    for (int k = 0; k < classes; k++) {
      shifted[from + k] = (float) (apply(logits[from + k], k) - largest);
    }
  }

  private double apply(double logit, int k) {
    double scaled = logit / temperature;
    return hasBiases() ? scaled + biases[k] : scaled;
  }

  void check(int classCount) throws InvalidModelException {
    if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
      throw new InvalidModelException(
          "calibration.temperature is %s, expected %s to %s"
              .formatted(temperature, MIN_TEMPERATURE, MAX_TEMPERATURE));
    }
    if (hasBiases()) {
      ModelChecks.count("calibration.biases", biases.length, classCount);
    }
    for (int k = 0; k < biases.length; k++) {
      if (!(Math.abs(biases[k]) <= MAX_BIAS)) {
        throw new InvalidModelException(
            "calibration.biases[%d] is %s, expected %s to %s"
                .formatted(k, biases[k], -MAX_BIAS, MAX_BIAS));
      }
    }
    if (version < 0 || (version == 0 && !hasParametersOf(IDENTITY))) {
      throw new InvalidModelException(
          "calibration.version is %d, expected at least 1 (0 is the identity)".formatted(version));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that && version == that.version && hasParametersOf(that);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * version + Double.hashCode(temperature)) + Arrays.hashCode(biases);
  }

  @Override
  public String toString() {
    return "Calibration[version=%d, temperature=%s, biases=%s]"
        .formatted(version, temperature, Arrays.toString(biases));
  }
}
