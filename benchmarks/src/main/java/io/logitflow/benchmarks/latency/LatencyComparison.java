package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lets the variants run in turns. Variants of one program share its JVM, which stays warm. */
final class LatencyComparison implements AutoCloseable {

  private final LatencyWorkload workload;
  private final LatencyRuns runs;
  private final Duration measured;
  private final List<LatencyVariant> variants;
  private final Map<Program, ChildJvm> jvms = new EnumMap<>(Program.class);

  /**
   * Starts the JVMs.
   *
   * @param measured length of what counts of a run
   * @param jvmOptions options of the JVMs
   * @param logs directory for their logs
   */
  LatencyComparison(
      LatencyWorkload workload,
      LatencyRuns runs,
      Duration measured,
      List<LatencyVariant> variants,
      List<String> jvmOptions,
      Path logs)
      throws IOException {
    this.workload = workload;
    this.runs = runs;
    this.measured = measured;
    this.variants = List.copyOf(variants);
    for (LatencyVariant variant : variants) {
      if (!jvms.containsKey(variant.program())) {
        jvms.put(variant.program(), start(variant.program(), jvmOptions, logs));
      }
    }
  }

  private ChildJvm start(Program program, List<String> jvmOptions, Path logs) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(program.name());
    arguments.addAll(workload.toArguments());
    return ChildJvm.start(
        "latency-" + program.name().toLowerCase(Locale.ROOT),
        LatencyMain.class,
        arguments,
        jvmOptions,
        logs);
  }

  /** Lets every variant run without being measured. */
  void warmUp(double recordsPerSecond, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (LatencyVariant variant : variants) {
        var unused = runs.latencies(variant, jvm(variant), recordsPerSecond);
      }
    }
  }

  /** Records per second that a variant can do with the generator and the reader beside it. */
  double maximum(LatencyVariant variant) throws Exception {
    return runs.maximum(variant, jvm(variant));
  }

  /** Measures every variant once in each round. */
  List<LatencyMeasurement> measure(Rate rate, double recordsPerSecond, int rounds)
      throws Exception {
    List<LatencyMeasurement> measurements = new ArrayList<>();
    List<LatencyVariant> order = new ArrayList<>(variants);
    for (int round = 1; round <= rounds; round++) {
      for (LatencyVariant variant : order) {
        LatencyMeasurement measurement = measure(variant, rate, recordsPerSecond, round);
        System.err.println(measurement.line());
        measurements.add(measurement);
      }
      // Whoever suffered from its predecessor has another one in the next round.
      Collections.rotate(order, 1);
    }
    return measurements;
  }

  private LatencyMeasurement measure(
      LatencyVariant variant, Rate rate, double recordsPerSecond, int round) throws Exception {
    Duration before = jvm(variant).cpuTime();
    Latencies latencies = runs.latencies(variant, jvm(variant), recordsPerSecond);
    Duration cpu = jvm(variant).cpuTime().minus(before);
    return new LatencyMeasurement(
        rate,
        recordsPerSecond,
        round,
        variant.name(),
        latencies.expected(),
        measured.toMillis() / 1e3,
        cpu.toMillis() / 1e3,
        latencies.histogram());
  }

  private ChildJvm jvm(LatencyVariant variant) {
    return jvms.get(variant.program());
  }

  @Override
  public void close() throws IOException {
    for (ChildJvm jvm : jvms.values()) {
      jvm.close();
    }
  }
}
