package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums from which the temperature can be fitted again for any set of windows without their logits.
 * Over the grid u = ln(1/T) = -3, -2.75 ... 3, with {@code beta = e^u} and {@code p = softmax(beta
 * z)}: {@code G(u) = sum beta (E_p z - z_y)}, the derivative of the NLL by u, and {@code H(u) = sum
 * beta^2 Var_p(z) + beta (E_p z - z_y)}, the second one; and the NLL itself at u = 0.
 *
 * <p>25 exponentials per class make these the most expensive statistics. They are the same bits on
 * every machine, so that what one machine added another can remove.
 */
final class TemperatureGrid {

  /** Grid points. */
  static final int POINTS = 25;

  /** Distance of the grid points. */
  static final double STEP = 0.25;

  /** The first grid point. */
  static final double MIN = -3;

  private static final int IDENTITY_POINT = 12;

  /** Gradients, then curvatures, then the NLL. */
  private static final int SUMS = 2 * POINTS + 1;

  private static final double[] BETA = new double[POINTS];

  static {
    for (int j = 0; j < POINTS; j++) {
      BETA[j] = StrictMath.exp(point(j));
    }
  }

  private final ExactSums sums;

  TemperatureGrid() {
    this(new ExactSums(SUMS));
  }

  private TemperatureGrid(ExactSums sums) {
    this.sums = sums;
  }

  /** A grid point, in units of ln(1/T). */
  static double point(int index) {
    return MIN + index * STEP;
  }

  /**
   * Adds or removes a record.
   *
   * @param logits finite, {@code [classes]}
   * @param sign 1 or -1
   */
  void add(float[] logits, int trueClass, int sign) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double trueShift = logits[trueClass] - max;
    for (int j = 0; j < POINTS; j++) {
      double beta = BETA[j];
      double weights = 0;
      double first = 0;
      double second = 0;
      for (float logit : logits) {
        double shift = logit - max;
        double weight = ReproducibleExp.of(beta * shift);
        weights += weight;
        first += weight * shift;
        second += weight * shift * shift;
      }
      double mean = first / weights;
      double variance = Math.max(0, second / weights - mean * mean);
      double gradient = beta * (mean - trueShift);
      sums.add(j, sign * gradient);
      sums.add(POINTS + j, sign * (beta * beta * variance + gradient));
      if (j == IDENTITY_POINT) {
        sums.add(2 * POINTS, sign * (StrictMath.log(weights) - trueShift));
      }
    }
  }

  /** The sums of derivatives by u, {@code [25]}. */
  double[] gradient() {
    double[] values = new double[POINTS];
    for (int j = 0; j < POINTS; j++) {
      values[j] = sums.get(j);
    }
    return values;
  }

  /** The sums of second derivatives by u, {@code [25]}. */
  double[] curvature() {
    double[] values = new double[POINTS];
    for (int j = 0; j < POINTS; j++) {
      values[j] = sums.get(POINTS + j);
    }
    return values;
  }

  /** The sum of the NLL of the logits as they are, in nats. */
  double nll() {
    return sums.get(2 * POINTS);
  }

  /** Gradients, curvatures, NLL: {@code [51]}. */
  ExactSums sums() {
    return sums;
  }

  void merge(TemperatureGrid other) {
    sums.merge(other.sums);
  }

  TemperatureGrid copy() {
    return new TemperatureGrid(sums.copy());
  }

  void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  static TemperatureGrid read(DataInput in) throws IOException {
    return new TemperatureGrid(ExactSums.read(in, SUMS));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TemperatureGrid grid && sums.equals(grid.sums);
  }

  @Override
  public int hashCode() {
    return sums.hashCode();
  }
}
