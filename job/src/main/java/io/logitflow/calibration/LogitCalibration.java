package io.logitflow.calibration;

import java.util.Arrays;

/**
 * Calibration of logits before the softmax: {@code z' = beta z + b}.
 *
 * @param inverseTemperature beta = 1/T, above 0
 * @param biases b, {@code [classes]}, which sum to 0; empty: none. Not copied
 */
public record LogitCalibration(double inverseTemperature, double[] biases) {

  /** Logits as they are. */
  public static final LogitCalibration IDENTITY = temperatureScaling(0);

  /** Temperature scaling by {@code u = ln(1/T)}. */
  public static LogitCalibration temperatureScaling(double logInverseTemperature) {
    return new LogitCalibration(Math.exp(logInverseTemperature), new double[0]);
  }

  /** T. */
  public double temperature() {
    return 1 / inverseTemperature;
  }

  /** {@code u = ln(1/T)}. */
  public double logInverseTemperature() {
    return Math.log(inverseTemperature);
  }

  public boolean hasBiases() {
    return biases.length > 0;
  }

  /** {@code z'_k}. */
  double apply(float logit, int k) {
    return inverseTemperature * logit + (biases.length > 0 ? biases[k] : 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogitCalibration calibration
        && Double.compare(inverseTemperature, calibration.inverseTemperature) == 0
        && Arrays.equals(biases, calibration.biases);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(inverseTemperature) + Arrays.hashCode(biases);
  }

  @Override
  public String toString() {
    return "temperature "
        + temperature()
        + (hasBiases() ? ", biases " + Arrays.toString(biases) : "");
  }
}
