package io.logitflow.training;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What minimisers share: they count, listen to who wants them to stop, and tell how far they are.
 */
final class Descent {

  private final DifferentiableFunction function;
  private final Consumer<Iteration> listener;
  private final BooleanSupplier cancelled;
  private int evaluations;
  private int iterations;

  Descent(
      DifferentiableFunction function, Consumer<Iteration> listener, BooleanSupplier cancelled) {
    this.function = function;
    this.listener = listener;
    this.cancelled = cancelled;
  }

  boolean isCancelled() {
    return Thread.currentThread().isInterrupted() || cancelled.getAsBoolean();
  }

  /** The function at a point, which is kept. */
  Evaluation evaluate(double[] point) {
    double[] gradient = new double[point.length];
    evaluations++;
    double value = function.evaluate(point, gradient);
    return new Evaluation(point, value, gradient);
  }

  int iterations() {
    return iterations;
  }

  void start(Evaluation at, double gradientSize) {
    listener.accept(new Iteration(0, evaluations, at.value(), gradientSize, at.point().clone()));
  }

  void iterated(Evaluation at, double gradientSize) {
    iterations++;
    listener.accept(
        new Iteration(iterations, evaluations, at.value(), gradientSize, at.point().clone()));
  }

  Minimum minimum(Evaluation at, double gradientSize, StopReason reason) {
    return new Minimum(at.point(), at.value(), gradientSize, iterations, evaluations, reason);
  }
}
