package io.logitflow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the variants run in turns, each in a JVM that lives through all rounds of a fork. What the
 * JIT makes of a program differs from JVM to JVM, by more than the variants do: hence the forks.
 */
final class Comparison {

  /**
   * How often every variant runs.
   *
   * @param forks how often every variant gets a new JVM
   * @param warmUp rounds of a fork that do not count: compiling takes a third of the CPU of a short
   *     cold run
   * @param measured rounds of a fork that count
   */
  record Rounds(int forks, int warmUp, int measured) {}

  private final BenchmarkBroker broker;
  private final Topics topics;
  private final Rounds rounds;
  private final List<String> jvmOptions;
  private final Path logs;
  private int runs;

  /**
   * Creates a comparison.
   *
   * @param broker the broker, for its CPU time
   * @param topics topics of that broker
   * @param rounds how often every variant runs
   * @param jvmOptions options of the JVMs of the variants
   * @param logs directory for their logs
   */
  Comparison(
      BenchmarkBroker broker, Topics topics, Rounds rounds, List<String> jvmOptions, Path logs) {
    this.broker = broker;
    this.topics = topics;
    this.rounds = rounds;
    this.jvmOptions = jvmOptions;
    this.logs = logs;
  }

  /**
   * Measures variants.
   *
   * @param records number of records in the features topic
   */
  List<Measurement> measure(List<Variant> variants, Workload workload, int records)
      throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    for (int fork = 0; fork < rounds.forks(); fork++) {
      measurements.addAll(measureFork(variants, workload, records, fork * rounds.measured()));
    }
    return measurements;
  }

  private List<Measurement> measureFork(
      List<Variant> variants, Workload workload, int records, int roundsBefore) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    Map<Variant, ChildJvm> jvms = new HashMap<>();
    try {
      for (Variant variant : variants) {
        jvms.put(variant, start(variant, workload));
      }
      List<Variant> order = new ArrayList<>(variants);
      for (int round = 1 - rounds.warmUp(); round <= rounds.measured(); round++) {
        int number = round > 0 ? roundsBefore + round : round;
        for (Variant variant : order) {
          Measurement measurement = run(variant, jvms.get(variant), workload, records, number);
          System.err.println(measurement.line());
          if (round > 0) {
            measurements.add(measurement);
          }
        }
        // Whoever suffered from its predecessor has another one in the next round.
        Collections.rotate(order, 1);
      }
    } finally {
      for (ChildJvm jvm : jvms.values()) {
        jvm.close();
      }
    }
    return measurements;
  }

  private ChildJvm start(Variant variant, Workload workload) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(variant.program().name());
    arguments.addAll(workload.toArguments());
    arguments.addAll(variant.jobOptions());
    return ChildJvm.start(variant.toString(), ProgramMain.class, arguments, jvmOptions, logs);
  }

  private Measurement run(Variant variant, ChildJvm jvm, Workload workload, int records, int round)
      throws Exception {
    int predictionBytes = new Predictions(workload.model()).sample(variant.challengers()).length;
    RunTopics names = RunTopics.of(variant, ++runs);
    PredictionsTopic predictions = topics.createPredictions(names.predictions());
    Duration pipelineBefore;
    Duration pipelineAfter;
    Duration brokerBefore;
    Duration brokerAfter;
    int swaps;
    try (RunModels models = RunModels.create(topics, names.models(), workload.model(), variant)) {
      pipelineBefore = jvm.cpuTime();
      brokerBefore = broker.cpuTime();
      jvm.send(names.toLine());
      jvm.receive();
      pipelineAfter = jvm.cpuTime();
      brokerAfter = broker.cpuTime();
      swaps = models.endSwaps();
    }
    double seconds = predictions.seconds(records, predictionBytes);
    topics.delete(names.predictions(), names.models());
    return new Measurement(
        new Measurement.Setting(
            workload.shape(),
            workload.parallelism(),
            workload.delivery(),
            workload.checkpointInterval()),
        round,
        variant,
        records,
        seconds,
        seconds(pipelineAfter.minus(pipelineBefore)),
        seconds(brokerAfter.minus(brokerBefore)),
        swaps);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
