package io.logitflow.benchmarks.kernel;

import io.logitflow.benchmarks.Invocation;
import io.logitflow.benchmarks.Machine;
import io.logitflow.benchmarks.kernel.Measurement.Iteration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the variants in turns. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the time of a forward pass, products and softmax, on one core: for our kernels,"
          + " ONNX Runtime and PyTorch (through DJL), and beside them the peak rate of fused"
          + " multiply-adds.",
      "Each network and batch has a JVM of its own (JMH), in which the variants and the peak take"
          + " turns of 10 ms; scalar and the forced widths of vectors have theirs, with the peak."
          + " Probabilities are checked against the scalar kernels first. Writes jmh.json,"
          + " report.md and a plot."
    })
public final class KernelBenchmark implements Callable<Integer> {

  /** ONNX Runtime overflows the 1 MiB of stack that threads have otherwise. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx1g", "-Xss8m", "--add-modules=jdk.incubator.vector");

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
      description = "How often everything gets a new JVM (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description =
          "Iterations of 1 s that count; as many before do not (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/kernels",
      description = "Directory for the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Spec private CommandSpec spec;

  private final List<RunResult> results = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new KernelBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    check();
    List<Variant> compared = variants.stream().map(Variant::of).toList();
    String machine = Machine.describe();
    for (int round = 0; round < rounds; round++) {
      for (String shape : shapes) {
        for (int rows : batches) {
          for (List<Variant> together : Variant.byJvm(compared)) {
            List<Variant> turns = new ArrayList<>(together);
            Collections.rotate(turns, round);
            measure(shape, rows, turns, round);
          }
        }
      }
    }
    write(machine, compared);
    return 0;
  }

  private void check() {
    List<String> known = Arrays.stream(Variant.values()).map(Variant::label).toList();
    for (String variant : variants) {
      require(known.contains(variant), "--variants", variant, String.join(", ", known));
    }
    for (String shape : shapes) {
      require(
          shape.matches("[1-9]\\d{0,6}(-[1-9]\\d{0,6})+"),
          "--shapes",
          shape,
          "numbers of inputs and classes: 784-10");
    }
    for (int rows : batches) {
      require(rows > 0, "--batches", rows, "1 or more");
    }
    require(rounds > 0, "--rounds", rounds, "1 or more");
    require(iterations > 0, "--iterations", iterations, "1 or more");
  }

  private void require(boolean condition, String option, Object value, String expected) {
    if (!condition) {
      throw new ParameterException(
          spec.commandLine(), "%s is '%s', expected %s".formatted(option, value, expected));
    }
  }

  private void measure(String shape, int rows, List<Variant> turns, int round)
      throws RunnerException {
    RunResult result = new Runner(options(shape, rows, turns)).runSingle();
    results.add(result);
    List<Measurement> measured = new ArrayList<>();
    for (IterationResult iteration : result.getAggregatedResult().getIterationResults()) {
      Iteration number = new Iteration(round, measured.size() / turns.size());
      for (Variant variant : turns) {
        measured.add(
            new Measurement(
                shape,
                rows,
                variant,
                number,
                ForwardBenchmark.micros(iteration, variant),
                ForwardBenchmark.peak(iteration)));
      }
    }
    measurements.addAll(measured);
    System.out.printf(
        "round %d of %d%n%s", round + 1, rounds, new KernelReport(measured, turns).table());
  }

  private Options options(String shape, int rows, List<Variant> turns) {
    List<String> jvmOptions = new ArrayList<>(JVM_OPTIONS);
    turns.forEach(variant -> jvmOptions.addAll(variant.jvmOptions()));
    return new OptionsBuilder()
        .include(ForwardBenchmark.class.getName())
        .param("shape", shape)
        .param("rows", Integer.toString(rows))
        .param("variants", turns.stream().map(Variant::label).collect(Collectors.joining("+")))
        .forks(1)
        .warmupIterations(iterations)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.seconds(1))
        .jvmArgs(jvmOptions.toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
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

        %s; one core; %d rounds of %d s, in which the variants take turns of 10 ms.

            %s

        Time of one pass, and in brackets how much of the peak rate the products would need in that time;
        medians of the seconds, and the share of the best: what else a machine does only slows. Above 1 in
        the last columns: the peer takes longer than our Vector API kernels in the same second, in the
        median.

        %s\
        %s\
        """
            .formatted(
                machine,
                rounds,
                iterations,
                Invocation.of(spec),
                plot.map(picture -> "![times of the peers by ours](peers.svg)\n\n").orElse(""),
                report.table()));
    System.out.println("Wrote " + out.resolve("report.md"));
  }
}
