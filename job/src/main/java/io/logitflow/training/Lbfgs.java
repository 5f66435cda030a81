package io.logitflow.training;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Limited-memory BFGS with a line search by the strong Wolfe conditions (Liu and Nocedal 1989): for
 * smooth functions, so for L2.
 */
public final class Lbfgs implements Minimiser {

  /** Part of a value that may be rounding: sums over many rows of float32 logits. */
  private static final double NOISE = 1e-9;

  private final LbfgsOptions options;

  /** A minimiser; it keeps nothing of a run. */
  public Lbfgs(LbfgsOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  public Minimum minimise(
      DifferentiableFunction function,
      double[] start,
      Consumer<Iteration> listener,
      BooleanSupplier cancelled) {
    Descent descent = new Descent(function, listener, cancelled);
    CurvatureHistory history = new CurvatureHistory(options.history());
    Evaluation at = descent.evaluate(start.clone());
    descent.start(at, Vectors.size(at.gradient()));
    while (true) {
      double size = Vectors.size(at.gradient());
      if (!at.isFinite()) {
        return descent.minimum(at, size, StopReason.DIVERGED);
      }
      if (size <= options.gradientTolerance()) {
        return descent.minimum(at, size, StopReason.GRADIENT);
      }
      if (descent.iterations() == options.maxIterations()) {
        return descent.minimum(at, size, StopReason.ITERATIONS);
      }
      Optional<Evaluation> next = step(descent, history, at);
      if (next.isEmpty()) {
        StopReason reason = descent.isCancelled() ? StopReason.CANCELLED : StopReason.LINE_SEARCH;
        return descent.minimum(at, size, reason);
      }
      Evaluation before = at;
      at = next.get();
      history.add(
          Vectors.minus(at.point(), before.point()),
          Vectors.minus(at.gradient(), before.gradient()));
      descent.iterated(at, Vectors.size(at.gradient()));
      if (options.decreaseTolerance() > 0
          && before.value() - at.value()
              <= options.decreaseTolerance() * Math.abs(before.value())) {
        return descent.minimum(at, Vectors.size(at.gradient()), StopReason.DECREASE);
      }
    }
  }

  /** One iteration; once more along the gradient if the history leads nowhere. */
  private static Optional<Evaluation> step(
      Descent descent, CurvatureHistory history, Evaluation at) {
    while (true) {
      double[] direction = history.direction(at.gradient());
      double firstStep = history.isEmpty() ? firstStep(at.gradient()) : 1;
      Optional<Evaluation> next =
          new WolfeLineSearch(descent, at, direction, NOISE).search(firstStep);
      if (next.isPresent() || history.isEmpty() || descent.isCancelled()) {
        return next;
      }
      history.clear();
    }
  }

  /** Nothing is known of the curvature yet. */
  static double firstStep(double[] gradient) {
    double sum = 0;
    for (double element : gradient) {
      sum += Math.abs(element);
    }
    return Math.min(1, 1 / sum);
  }
}
