package io.logitflow.calibration;

import java.util.Arrays;

/**
 * Fits calibrations to rows of logits, to the optimum: Newton's method with directions from
 * conjugate gradients, so that the cost of a step grows with the classes and not with their square.
 *
 * <p>What is minimised is {@code sum NLL(beta z + b) + precision (ln beta)^2 / 2 + ridge |b|^2 /
 * 2}. The NLL is convex in (beta, b). The ridge also settles what the NLL leaves open: it does not
 * change when all biases do, and so they sum to 0.
 */
public final class LogitFit {

  private static final int MAX_STEPS = 200;
  private static final double GRADIENT_PER_ROW = 1e-10;
  private static final double SUFFICIENT_DECREASE = 1e-4;

  /** Part of the objective that is lost in its sum. */
  private static final double ROUNDING = 1e-13;

  private static final double MIN_STEP = 1e-12;

  private final LabelledLogits rows;
  private final int classes;
  private final double precision;
  private final double ridge;
  private final boolean fitsBiases;

  /** Beta, then the biases. */
  private double[] parameters;

  /** Probabilities of the row that is looked at, {@code [classes]}. */
  private final double[] probabilities;

  private LogitFit(LabelledLogits rows, double precision, boolean fitsBiases) {
    this.rows = rows;
    this.classes = rows.classes();
    this.precision = precision;
    this.ridge = fitsBiases ? classes : 0;
    this.fitsBiases = fitsBiases;
    this.parameters = new double[1 + (fitsBiases ? classes : 0)];
    this.parameters[0] = 1;
    this.probabilities = new double[classes];
  }

  /**
   * The temperature of the least NLL, without a grid.
   *
   * @param rows at least one
   * @param precision of a normal prior of ln(1/T) around 0, at least 0
   */
  public static LogitCalibration temperature(LabelledLogits rows, double precision) {
    return new LogitFit(rows, precision, false).minimise();
  }

  /**
   * Bias-corrected temperature scaling (Alexandari et al. 2020), {@code beta z + b}, with a ridge
   * on the biases: classes / n of the mean NLL, as that of structured scaling, which n labels
   * outweigh.
   *
   * @param rows at least one
   * @param precision of a normal prior of ln(1/T) around 0, at least 0
   */
  public static LogitCalibration biasCorrectedTemperature(LabelledLogits rows, double precision) {
    return new LogitFit(rows, precision, true).minimise();
  }

  private LogitCalibration minimise() {
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < MAX_STEPS; i++) {
      gradient(gradient);
      double size = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      if (size <= GRADIENT_PER_ROW * rows.rows() || !step(gradient)) {
        break;
      }
    }
    double limit = TemperatureCurve.MAX_INVERSE_TEMPERATURE;
    return new LogitCalibration(
        Math.max(1 / limit, Math.min(limit, parameters[0])),
        Arrays.copyOfRange(parameters, 1, parameters.length));
  }

  /** Goes along the Newton direction as far as it pays; whether it did. */
  private boolean step(double[] gradient) {
    double[] start = parameters;
    double value = objective();
    double[] direction = direction(gradient);
    double slope = dot(gradient, direction);
    if (-slope <= ROUNDING * value) {
      // As far as the objective can tell, this step ends at the optimum.
      parameters = plus(start, 1, direction);
      return false;
    }
    double length = 1;
    if (direction[0] < 0) {
      // Beta stays positive.
      length = Math.min(length, -0.9 * start[0] / direction[0]);
    }
    while (length >= MIN_STEP) {
      parameters = plus(start, length, direction);
      if (parameters[0] <= TemperatureCurve.MAX_INVERSE_TEMPERATURE * 2
          && objective() <= value + SUFFICIENT_DECREASE * length * slope) {
        return true;
      }
      length /= 2;
    }
    parameters = start;
    return false;
  }

  /** Solves {@code H d = -g} by conjugate gradients. */
  private double[] direction(double[] gradient) {
    double[] solution = new double[gradient.length];
    double[] residual = Arrays.stream(gradient).map(g -> -g).toArray();
    double[] search = residual.clone();
    double norm = dot(residual, residual);
    double end = norm * Math.min(1e-4, norm / ((double) rows.rows() * rows.rows()));
    for (int i = 0; i < 2 * gradient.length && norm > end; i++) {
      double[] product = curvatureTimes(search);
      double curvature = dot(search, product);
      if (!(curvature > 0)) {
        break;
      }
      double length = norm / curvature;
      solution = plus(solution, length, search);
      residual = plus(residual, -length, product);
      double next = dot(residual, residual);
      search = plus(residual, next / norm, search);
      norm = next;
    }
    return solution;
  }

  private double objective() {
    LogitCalibration calibration =
        new LogitCalibration(parameters[0], Arrays.copyOfRange(parameters, 1, parameters.length));
    double log = Math.log(parameters[0]);
    double sum = precision * log * log / 2;
    for (int i = 1; i < parameters.length; i++) {
      sum += ridge * parameters[i] * parameters[i] / 2;
    }
    for (int row = 0; row < rows.rows(); row++) {
      sum += rows.nll(row, calibration);
    }
    return sum;
  }

  private void gradient(double[] gradient) {
    Arrays.fill(gradient, 0);
    for (int row = 0; row < rows.rows(); row++) {
      softmax(row);
      float[] z = rows.logits()[row];
      int label = rows.labels()[row];
      for (int k = 0; k < classes; k++) {
        double error = probabilities[k] - (k == label ? 1 : 0);
        gradient[0] += error * z[k];
        if (fitsBiases) {
          gradient[1 + k] += error;
        }
      }
    }
    gradient[0] += precision * Math.log(parameters[0]) / parameters[0];
    for (int i = 1; i < gradient.length; i++) {
      gradient[i] += ridge * parameters[i];
    }
  }

  /** The second derivatives times a vector; those of the prior, where it is not convex, as 0. */
  private double[] curvatureTimes(double[] vector) {
    double[] product = new double[vector.length];
    for (int row = 0; row < rows.rows(); row++) {
      softmax(row);
      float[] z = rows.logits()[row];
      double mean = 0;
      for (int k = 0; k < classes; k++) {
        mean += probabilities[k] * change(z[k], k, vector);
      }
      for (int k = 0; k < classes; k++) {
        double weighted = probabilities[k] * (change(z[k], k, vector) - mean);
        product[0] += weighted * z[k];
        if (fitsBiases) {
          product[1 + k] += weighted;
        }
      }
    }
    double beta = parameters[0];
    product[0] += precision * Math.max(0, 1 - Math.log(beta)) / (beta * beta) * vector[0];
    for (int i = 1; i < product.length; i++) {
      product[i] += ridge * vector[i];
    }
    return product;
  }

  /** What a change of the parameters changes in a calibrated logit. */
  private double change(float logit, int k, double[] vector) {
    return vector[0] * logit + (fitsBiases ? vector[1 + k] : 0);
  }

  private void softmax(int row) {
    float[] z = rows.logits()[row];
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      probabilities[k] = change(z[k], k, parameters);
      max = Math.max(max, probabilities[k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[k] = Math.exp(probabilities[k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[k] /= sum;
    }
  }

  private static double[] plus(double[] vector, double factor, double[] other) {
    double[] sum = vector.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * other[i];
    }
    return sum;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
