package io.logitflow.calibration;

/**
 * The NLL of records as a function of {@code u = ln(1/T)}, from the sums of its first and second
 * derivatives on a grid: between grid points the first one is taken as the cubic of Hermite. Its
 * root is the temperature of the records to about 1e-4, without their logits.
 */
public final class TemperatureCurve {

  /** The largest inverse temperature that is fitted, and the inverse of the smallest one. */
  public static final double MAX_INVERSE_TEMPERATURE = 20;

  private static final int CELLS = TemperatureGrid.POINTS - 1;
  private static final int HALVINGS = 80;

  private final long records;
  private final double nllAtIdentity;
  private final double[] gradient;
  private final double[] curvature;

  private TemperatureCurve(
      long records, double nllAtIdentity, double[] gradient, double[] curvature) {
    this.records = records;
    this.nllAtIdentity = nllAtIdentity;
    this.gradient = gradient;
    this.curvature = curvature;
  }

  /** The curve of the labelled predictions whose logits are in the statistics. */
  public static TemperatureCurve of(CalibrationStatistics statistics) {
    TemperatureGrid grid = statistics.temperature();
    return new TemperatureCurve(
        statistics.temperatureRecords(), grid.nll(), grid.gradient(), grid.curvature());
  }

  /** Whether a calibration is a temperature within the grid, and so a point of the curve. */
  static boolean covers(LogitCalibration calibration) {
    return !calibration.hasBiases()
        && Math.abs(calibration.logInverseTemperature()) <= -TemperatureGrid.MIN;
  }

  /** Labelled predictions behind the curve. */
  public long records() {
    return records;
  }

  /**
   * Where the NLL plus {@code precision u^2 / 2} is least, within {@link #MAX_INVERSE_TEMPERATURE}.
   *
   * @param precision of a normal prior of u around 0, at least 0; 0: the maximum likelihood. A
   *     prior holds back the few records, or all of them right, that would have no temperature
   */
  public double optimum(double precision) {
    double limit = Math.log(MAX_INVERSE_TEMPERATURE);
    double best = 0;
    double bestValue = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double left = penalised(TemperatureGrid.point(cell), precision);
      double right = penalised(TemperatureGrid.point(cell + 1), precision);
      if (left < 0 && right >= 0) {
        double root = root(cell, precision);
        double value = difference(0, root) + precision * root * root / 2;
        if (value < bestValue) {
          best = root;
          bestValue = value;
        }
      }
    }
    for (double edge : new double[] {-limit, limit}) {
      double value = difference(0, edge) + precision * edge * edge / 2;
      if (value < bestValue) {
        best = edge;
        bestValue = value;
      }
    }
    return Math.max(-limit, Math.min(limit, best));
  }

  /** The sum of the NLL at u minus that at another u, in nats. Both are within the grid. */
  public double difference(double from, double to) {
    return integral(to) - integral(from);
  }

  /** Mean NLL at u, in nats. */
  public double meanNll(double u) {
    return (nllAtIdentity + difference(0, u)) / records;
  }

  /**
   * {@code sum beta^2 Var_p(z)} at u: the variance that the derivative of the NLL has if the
   * probabilities at u are right.
   */
  public double information(double u) {
    int cell = cell(u);
    double part = (u - TemperatureGrid.point(cell)) / TemperatureGrid.STEP;
    return (1 - part) * (curvature[cell] - gradient[cell])
        + part * (curvature[cell + 1] - gradient[cell + 1]);
  }

  private double root(int cell, double precision) {
    double low = TemperatureGrid.point(cell);
    double high = TemperatureGrid.point(cell + 1);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (penalised(middle, precision) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private double penalised(double u, double precision) {
    int cell = cell(u);
    double t = (u - TemperatureGrid.point(cell)) / TemperatureGrid.STEP;
    double s = 1 - t;
    return (1 + 2 * t) * s * s * gradient[cell]
        + t * t * (3 - 2 * t) * gradient[cell + 1]
        + TemperatureGrid.STEP * (t * s * s * curvature[cell] - t * t * s * curvature[cell + 1])
        + precision * u;
  }

  /** The integral of the derivative from the first grid point on. */
  private double integral(double u) {
    int end = cell(u);
    double sum = 0;
    for (int cell = 0; cell < end; cell++) {
      sum += integral(cell, 1);
    }
    return sum + integral(end, (u - TemperatureGrid.point(end)) / TemperatureGrid.STEP);
  }

  /** The integral over the first part of a cell. */
  private double integral(int cell, double t) {
    double h = TemperatureGrid.STEP;
    double t2 = t * t;
    double t3 = t2 * t;
    double t4 = t3 * t;
    return h
        * ((t4 / 2 - t3 + t) * gradient[cell]
            + (t3 - t4 / 2) * gradient[cell + 1]
            + h * (t4 / 4 - 2 * t3 / 3 + t2 / 2) * curvature[cell]
            + h * (t4 / 4 - t3 / 3) * curvature[cell + 1]);
  }

  private static int cell(double u) {
    double position = (u - TemperatureGrid.MIN) / TemperatureGrid.STEP;
    return (int) Math.max(0, Math.min(CELLS - 1, Math.floor(position)));
  }
}
