package io.logitflow.benchmarks.kernel;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Forward passes of several variants in turns: product, or products with ReLU between them, and
 * softmax; and among them the peak rate. JMH's own score is the time until all had their turn; what
 * counts are the counters beside it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ForwardBenchmark {

  /** By so much float32 sums in another order may move a probability here. */
  private static final float TOLERANCE = 1e-5f;

  private static final String PEAK = "peak";

  @Param("784-10")
  String shape;

  @Param("256")
  int rows;

  /** Labels of variants, with {@code +} between them. */
  @Param("vector")
  String variants;

  private final List<Forward> forwards = new ArrayList<>();
  private final Map<Variant, Turn> turns = new LinkedHashMap<>();
  private final Turn peak = new Turn(new Peak());

  /** Passes and their time in an iteration, by what computes; JMH finds them by their names. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counters {
    public long peakPasses;
    public long peakNanos;
    public long scalarPasses;
    public long scalarNanos;
    public long vectorPasses;
    public long vectorNanos;
    public long onnxruntimePasses;
    public long onnxruntimeNanos;
    public long pytorchPasses;
    public long pytorchNanos;

    private void addPeak(Turn turn) {
      peakPasses += turn.passes();
      peakNanos += turn.nanos();
    }

    private void add(Variant variant, Turn turn) {
      switch (variant) {
        case SCALAR -> {
          scalarPasses += turn.passes();
          scalarNanos += turn.nanos();
        }
        case VECTOR, VECTOR_128, VECTOR_256, VECTOR_512 -> {
          vectorPasses += turn.passes();
          vectorNanos += turn.nanos();
        }
        case ONNXRUNTIME -> {
          onnxruntimePasses += turn.passes();
          onnxruntimeNanos += turn.nanos();
        }
        case PYTORCH -> {
          pytorchPasses += turn.passes();
          pytorchNanos += turn.nanos();
        }
      }
    }
  }

  /** Microseconds of a pass of a variant in an iteration. */
  static double micros(IterationResult iteration, Variant variant) {
    // The widths of vectors have JVMs of their own.
    return micros(iteration, variant.label().replaceFirst("-.*", ""));
  }

  /** 10^9 floating-point operations a second of multiply-adds that wait for nothing else. */
  static double peak(IterationResult iteration) {
    return new Peak().gigaflops(micros(iteration, PEAK));
  }

  @SuppressWarnings("rawtypes") // As JMH declares them.
  private static double micros(IterationResult iteration, String counter) {
    Map<String, Result> counters = iteration.getSecondaryResults();
    return counters.get(counter + "Nanos").getScore()
        / counters.get(counter + "Passes").getScore()
        / 1e3;
  }

  /** Opens the variants, and checks their probabilities against those of the scalar kernels. */
  @Setup
  public void open() throws OrtException {
    Network network = Network.of(shape);
    float[] expected;
    try (Forward scalar = Variant.SCALAR.open(network, rows)) {
      scalar.run();
      expected = scalar.probabilities();
    }
    for (String label : variants.split("\\+", -1)) {
      Variant variant = Variant.of(label);
      Forward forward = variant.open(network, rows);
      forwards.add(forward);
      forward.run();
      check(label, expected, forward.probabilities());
      turns.put(variant, new Turn(forward::run));
    }
  }

  private void check(String variant, float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            "%s of %s, batch %d: probability %d is %s, expected %s within %s"
                .formatted(variant, shape, rows, i, actual[i], expected[i], TOLERANCE));
      }
    }
  }

  /** A turn of each. */
  @Benchmark
  public void takeTurns(Counters counters) {
    peak.take();
    counters.addPeak(peak);
    turns.forEach(
        (variant, turn) -> {
          turn.take();
          counters.add(variant, turn);
        });
  }

  /** Frees what the runtimes hold. */
  @TearDown
  public void close() {
    forwards.forEach(Forward::close);
  }
}
