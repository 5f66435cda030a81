package io.logitflow.calibration;

import java.util.stream.DoubleStream;

/**
 * The smooth calibration error of Blasiok and Nakkiran (2023): residuals c - a are smoothed by a
 * Gaussian that is reflected at 0 and 1, and so no edge of a bin decides. It is within a constant
 * factor of the distance to the nearest calibrated predictor.
 *
 * @param value smECE at sigma; NaN without records
 * @param sigma the standard deviation that the data chose: about where it equals the error
 */
public record SmoothCalibrationError(double value, double sigma) {

  private static final double MIN_SIGMA = 0.001;
  private static final int HALVINGS = 10;
  private static final int MIN_MESH = 200;

  /** What is added to the density at every point, so that an empty one does not divide. */
  private static final double MIN_DENSITY = 1e-4;

  /**
   * Computes the error from records that are split linearly onto a regular grid on [0, 1]. The grid
   * is fine enough for a sigma of 10 of its steps; below that, values are of the grid rather than
   * of the records.
   *
   * @param weight records at each point, an odd number of points
   * @param residual sum of their weighted differences of confidence and outcome
   */
  public static SmoothCalibrationError of(double[] weight, double[] residual) {
    if (!(DoubleStream.of(weight).sum() > 0)) {
      return new SmoothCalibrationError(Double.NaN, Double.NaN);
    }
    double above = 1;
    double error = at(weight, residual, above);
    if (above < error) {
      return new SmoothCalibrationError(error, above);
    }
    double below = 0;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (above + below) / 2;
      double found = middle < MIN_SIGMA ? Double.NaN : at(weight, residual, middle);
      if (middle >= found) {
        above = middle;
        error = found;
      } else {
        below = middle;
      }
    }
    return new SmoothCalibrationError(error, above);
  }

  /** The error at a standard deviation: {@code sum |R(t)| / sum (D(t) + 1e-4)} over a mesh. */
  public static double at(double[] weight, double[] residual, double sigma) {
    double[] kernel = kernel(weight.length, sigma);
    double[] smoothResidual = convolve(residual, kernel);
    double[] density = convolve(weight, kernel);
    int mesh = (int) Math.max(MIN_MESH, Math.rint(10 / sigma));
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < mesh; i++) {
      double t = (double) i / (mesh - 1);
      numerator += Math.abs(interpolate(smoothResidual, t));
      denominator += interpolate(density, t) + MIN_DENSITY;
    }
    return numerator / denominator;
  }

  /** Gaussian densities at distances 0, 1 ... of points on the grid, up to half of the grid. */
  private static double[] kernel(int points, double sigma) {
    double[] kernel = new double[points / 2 + 1];
    for (int i = 0; i < kernel.length; i++) {
      double distance = (double) i / (points - 1);
      kernel[i] =
          Math.exp(-distance * distance / (2 * sigma * sigma)) / (Math.sqrt(2 * Math.PI) * sigma);
    }
    return kernel;
  }

  /** The convolution, with values reflected at both ends. */
  private static double[] convolve(double[] values, double[] kernel) {
    int last = values.length - 1;
    double[] smooth = new double[values.length];
    for (int source = 0; source <= last; source++) {
      if (values[source] != 0) {
        spread(values[source], source, kernel, smooth);
        if (source > 0) {
          spread(values[source], -source, kernel, smooth);
        }
        if (source < last) {
          spread(values[source], 2 * last - source, kernel, smooth);
        }
      }
    }
    return smooth;
  }

  private static void spread(double value, int position, double[] kernel, double[] smooth) {
    int reach = kernel.length - 1;
    int end = Math.min(smooth.length - 1, position + reach);
    for (int i = Math.max(0, position - reach); i <= end; i++) {
      smooth[i] += value * kernel[Math.abs(i - position)];
    }
  }

  private static double interpolate(double[] values, double t) {
    double position = t * (values.length - 1);
    int left = Math.min((int) position, values.length - 2);
    double part = position - left;
    return values[left] * (1 - part) + values[left + 1] * part;
  }
}
