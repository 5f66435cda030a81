package io.logitflow.training;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * L-BFGS for a smooth function plus {@code l1 |W|_1} (Andrew and Gao 2007): the direction is taken
 * from the pseudo-gradient, and no step crosses 0 in any coordinate, so weights become exactly 0.
 */
public final class OwlQn implements Minimiser {

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final int MAX_HALVINGS = 40;

  private final LbfgsOptions options;
  private final double l1;
  private final int penalised;

  /**
   * A minimiser; it keeps nothing of a run.
   *
   * @param l1 strength of the penalty, at least 0
   * @param penalised number of arguments, from the first, that are penalised
   */
  public OwlQn(LbfgsOptions options, double l1, int penalised) {
    this.options = Objects.requireNonNull(options, "options");
    if (!(l1 >= 0 && l1 <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("l1 %s, expected a number of at least 0".formatted(l1));
    }
    this.l1 = l1;
    this.penalised = penalised;
  }

  @Override
  public Minimum minimise(
      DifferentiableFunction function,
      double[] start,
      Consumer<Iteration> listener,
      BooleanSupplier cancelled) {
    Descent descent = new Descent(function, listener, cancelled);
    CurvatureHistory history = new CurvatureHistory(options.history());
    Evaluation at = evaluate(descent, start.clone());
    double[] slope = pseudoGradient(at);
    descent.start(at, Vectors.size(slope));
    while (true) {
      double size = Vectors.size(slope);
      if (!at.isFinite()) {
        return descent.minimum(at, size, StopReason.DIVERGED);
      }
      if (size <= options.gradientTolerance()) {
        return descent.minimum(at, size, StopReason.GRADIENT);
      }
      if (descent.iterations() == options.maxIterations()) {
        return descent.minimum(at, size, StopReason.ITERATIONS);
      }
      Evaluation next = step(descent, history, at, slope);
      if (next == null && !history.isEmpty() && !descent.isCancelled()) {
        history.clear();
        next = step(descent, history, at, slope);
      }
      if (next == null) {
        StopReason reason = descent.isCancelled() ? StopReason.CANCELLED : StopReason.LINE_SEARCH;
        return descent.minimum(at, size, reason);
      }
      history.add(
          Vectors.minus(next.point(), at.point()), Vectors.minus(next.gradient(), at.gradient()));
      double decrease = at.value() - next.value();
      at = next;
      slope = pseudoGradient(at);
      descent.iterated(at, Vectors.size(slope));
      if (options.decreaseTolerance() > 0
          && decrease <= options.decreaseTolerance() * Math.abs(at.value())) {
        return descent.minimum(at, Vectors.size(slope), StopReason.DECREASE);
      }
    }
  }

  /** Value with the penalty, gradient without. */
  private Evaluation evaluate(Descent descent, double[] point) {
    Evaluation smooth = descent.evaluate(point);
    double sum = 0;
    for (int i = 0; i < penalised; i++) {
      sum += Math.abs(point[i]);
    }
    return new Evaluation(point, smooth.value() + l1 * sum, smooth.gradient());
  }

  /** The one-sided derivative by which the function falls, 0 where it falls to neither side. */
  private double[] pseudoGradient(Evaluation at) {
    double[] slope = at.gradient().clone();
    for (int i = 0; i < penalised; i++) {
      double x = at.point()[i];
      double g = slope[i];
      if (x != 0) {
        slope[i] = g + l1 * Math.signum(x);
      } else {
        slope[i] = g + l1 < 0 ? g + l1 : g - l1 > 0 ? g - l1 : 0;
      }
    }
    return slope;
  }

  private Evaluation step(
      Descent descent, CurvatureHistory history, Evaluation at, double[] slope) {
    double[] direction = history.direction(slope);
    for (int i = 0; i < penalised; i++) {
      if (direction[i] * slope[i] >= 0) {
        direction[i] = 0;
      }
    }
    double step = history.isEmpty() ? Lbfgs.firstStep(slope) : 1;
    for (int halving = 0; halving < MAX_HALVINGS && !descent.isCancelled(); halving++) {
      double[] point = new double[direction.length];
      Vectors.sum(at.point(), step, direction, point);
      stayInOrthant(at.point(), slope, point);
      Evaluation next = evaluate(descent, point);
      double expected = Vectors.dot(slope, Vectors.minus(point, at.point()));
      if (next.isFinite()
          && expected < 0
          && next.value() <= at.value() + SUFFICIENT_DECREASE * expected) {
        return next;
      }
      step /= 2;
    }
    return null;
  }

  private void stayInOrthant(double[] start, double[] slope, double[] point) {
    for (int i = 0; i < penalised; i++) {
      double sign = start[i] != 0 ? Math.signum(start[i]) : -Math.signum(slope[i]);
      if (point[i] * sign <= 0) {
        point[i] = 0;
      }
    }
  }
}
