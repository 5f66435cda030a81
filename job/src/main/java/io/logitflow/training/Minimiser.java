package io.logitflow.training;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Finds a minimum of a function from its values and gradients. */
public interface Minimiser {

  /**
   * Goes down from a start. Runs on the calling thread, until one of {@link StopReason} holds.
   *
   * @param start kept as it is
   * @param listener is told the start, as iteration 0, and each iteration when it is over
   * @param cancelled asked before each evaluation; so is the interrupt of the thread, which stays
   */
  Minimum minimise(
      DifferentiableFunction function,
      double[] start,
      Consumer<Iteration> listener,
      BooleanSupplier cancelled);
}
