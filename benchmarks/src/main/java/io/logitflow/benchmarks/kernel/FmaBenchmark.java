package io.logitflow.benchmarks.kernel;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one core can multiply and add: the ceiling of every product. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FmaBenchmark {

  /** By name, because only some JVMs have the module that the class needs. */
  private static final String LOOP = "io.logitflow.benchmarks.kernel.vector.FmaLoop";

  private static final int ITERATIONS = 100_000;

  private IntToDoubleFunction loop;

  /** Loads the loop. */
  @Setup
  public void load() throws ReflectiveOperationException {
    loop =
        Class.forName(LOOP)
            .asSubclass(IntToDoubleFunction.class)
            .getDeclaredConstructor()
            .newInstance();
  }

  /** Many iterations of the loop. */
  @Benchmark
  public double multiplyAndAdd() {
    return loop.applyAsDouble(ITERATIONS);
  }

  /**
   * Floating-point operations per nanosecond, which is 10^9 a second.
   *
   * @param micros time of one call
   */
  static double gigaflops(double micros) throws ReflectiveOperationException {
    FmaBenchmark benchmark = new FmaBenchmark();
    benchmark.load();
    return benchmark.loop.applyAsDouble(1) * ITERATIONS / (micros * 1e3);
  }
}
