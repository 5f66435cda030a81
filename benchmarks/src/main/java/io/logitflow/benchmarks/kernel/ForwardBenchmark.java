package io.logitflow.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Time of one forward pass: product, or products with ReLU between them, and softmax. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ForwardBenchmark {

  /** By so much float32 sums in another order may move a probability here. */
  private static final float TOLERANCE = 1e-5f;

  @Param("784-10")
  String shape;

  @Param("256")
  int rows;

  @Param("vector")
  String variant;

  private Forward forward;

  /** Opens the variant, and checks its probabilities against those of the scalar kernels. */
  @Setup
  public void open() throws OrtException {
    Network network = Network.of(shape);
    forward = Variant.of(variant).open(network, rows);
    forward.run();
    float[] actual = forward.probabilities();
    float[] expected;
    try (Forward scalar = Variant.SCALAR.open(network, rows)) {
      scalar.run();
      expected = scalar.probabilities();
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            "%s of %s, batch %d: probability %d is %s, expected %s within %s"
                .formatted(variant, shape, rows, i, actual[i], expected[i], TOLERANCE));
      }
    }
  }

  /** One pass. */
  @Benchmark
  public Forward forward() {
    forward.run();
    return forward;
  }

  /** Frees what the runtime holds. */
  @TearDown
  public void close() {
    forward.close();
  }
}
