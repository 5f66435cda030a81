package io.logitflow.benchmarks.kernel;

import java.util.function.IntToDoubleFunction;

/** What one core can multiply and add: the ceiling of every product. */
final class Peak implements Runnable {

  /** By name, because the class needs a module that is not resolved by default. */
  private static final String LOOP = "io.logitflow.benchmarks.kernel.vector.FmaLoop";

  private static final int ITERATIONS = 100_000;

  private final IntToDoubleFunction loop;

  /** Floating-point operations of an iteration. */
  private double operations;

  Peak() {
    try {
      this.loop =
          Class.forName(LOOP)
              .asSubclass(IntToDoubleFunction.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    this.operations = loop.applyAsDouble(1);
  }

  /** Many iterations of the loop. */
  @Override
  public void run() {
    operations = loop.applyAsDouble(ITERATIONS);
  }

  /**
   * Floating-point operations per nanosecond, which is 10^9 a second.
   *
   * @param micros time of one {@link #run()}
   */
  double gigaflops(double micros) {
    return operations * ITERATIONS / (micros * 1e3);
  }
}
