package io.logitflow.benchmarks.kernel;

import io.logitflow.benchmarks.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the variants in turns. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the time of a forward pass, products and softmax, on one core: for our kernels,"
          + " ONNX Runtime and PyTorch (through DJL), and beside them the peak rate of fused"
          + " multiply-adds.",
      "Each measurement has a JVM of its own (JMH), and checks its probabilities against the scalar"
          + " kernels first. Variants of one network and batch take turns. Writes jmh.json and"
          + " report.md."
    })
public final class KernelBenchmark implements Callable<Integer> {

  @Option(
      names = "--shapes",
      split = ",",
      defaultValue = "784-10,32-4,128-1000,1000-500,4096-1000,784-32-32-10",
      description = "Inputs of each layer, then classes (default: ${DEFAULT-VALUE}).")
  private List<String> shapes;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,32,256,1024",
      description = "Rows of a pass (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--variants",
      split = ",",
      defaultValue = "vector,onnxruntime,pytorch,scalar",
      description =
          "scalar, vector, vector-128, vector-256, vector-512, onnxruntime, pytorch (default:"
              + " ${DEFAULT-VALUE}). Vectors wider than those of the CPU are emulated: slow.")
  private List<String> variants;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often every variant gets a new JVM (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--iterations",
      defaultValue = "4",
      description =
          "Iterations of 0.5 s that count; as many before do not (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/kernels",
      description = "Directory for the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  private final List<RunResult> results = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new KernelBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Variant> compared = variants.stream().map(Variant::of).toList();
    String machine = Machine.describe();
    for (int round = 0; round < rounds; round++) {
      List<Variant> turns = new ArrayList<>(compared);
      Collections.rotate(turns, round);
      for (String shape : shapes) {
        for (int rows : batches) {
          measure(shape, rows, turns, round);
        }
      }
    }
    write(machine, compared);
    return 0;
  }

  private void measure(String shape, int rows, List<Variant> turns, int round)
      throws RunnerException, ReflectiveOperationException {
    double peak =
        FmaBenchmark.gigaflops(run(options(FmaBenchmark.class, Variant.VECTOR.jvmOptions())));
    for (Variant variant : turns) {
      double micros =
          run(
              options(ForwardBenchmark.class, variant.jvmOptions())
                  .param("shape", shape)
                  .param("rows", Integer.toString(rows))
                  .param("variant", variant.label()));
      Measurement measurement = new Measurement(shape, rows, variant, round, micros, peak);
      measurements.add(measurement);
      System.out.printf(
          Locale.ROOT,
          "round %d: %s, batch %d, %s: %.2f us, %.3f of peak%n",
          round + 1,
          shape,
          rows,
          variant.label(),
          micros,
          measurement.fractionOfPeak());
    }
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, List<String> jvmOptions) {
    List<String> all = new ArrayList<>(jvmOptions);
    all.add("-Xmx1g");
    // ONNX Runtime overflows the 1 MiB that threads have otherwise.
    all.add("-Xss8m");
    return new OptionsBuilder()
        .include(benchmark.getName())
        .forks(1)
        .warmupIterations(iterations)
        .warmupTime(TimeValue.milliseconds(500))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(500))
        .jvmArgs(all.toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  /** Gives microseconds per operation. */
  private double run(ChainedOptionsBuilder options) throws RunnerException {
    RunResult result = new Runner(options.build()).runSingle();
    results.add(result);
    return result.getPrimaryResult().getScore();
  }

  private void write(String machine, List<Variant> compared) throws IOException {
    Files.createDirectories(out);
    try (PrintStream json = new PrintStream(out.resolve("jmh.json").toFile(), "UTF-8")) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, json).writeOut(results);
    }
    KernelReport report = new KernelReport(measurements, compared);
    Optional<String> plot = report.plot();
    if (plot.isPresent()) {
      Files.writeString(out.resolve("peers.svg"), plot.get());
    }
    Files.writeString(
        out.resolve("report.md"),
        """
        # Kernels

        %s; one core; %d rounds of %d iterations.

        Time of one pass; in brackets, how much of the peak rate the products would need in that time.
        Above 1 in the last columns: the peer takes longer than our Vector API kernels, in the median of
        the rounds.

        %s\
        %s\
        """
            .formatted(
                machine,
                rounds,
                iterations,
                plot.map(picture -> "![times of the peers by ours](peers.svg)\n\n").orElse(""),
                report.table()));
    System.out.println("Wrote " + out.resolve("report.md"));
  }
}
