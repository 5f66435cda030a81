package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.Invocation;
import io.logitflow.benchmarks.Machine;
import io.logitflow.benchmarks.pipeline.BenchmarkBroker;
import io.logitflow.benchmarks.pipeline.BenchmarkModel;
import io.logitflow.benchmarks.pipeline.Shape;
import io.logitflow.benchmarks.pipeline.Topics;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures latencies of the variants in turns. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the latency of the whole pipeline in open loop, from the time at which a record is"
          + " to be sent to the time at which its prediction comes out of a consumer, for the"
          + " scoring job with several settings and for a raw consume-produce loop.",
      "Broker and programs run in JVMs of their own, generator and reader in this one. Variants"
          + " take turns; ratios are taken within a round. Writes report.md, runs.csv and"
          + " histograms.hlog."
    })
public final class LatencyBenchmark implements Callable<Integer> {

  /** Warm-up rate if all rates are shares of a maximum that is not known yet. */
  private static final double WARM_UP_RATE = 20_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "1k,5k,20k,50%",
      converter = Rate.Converter.class,
      description =
          "Records per second, and shares of what the job can do on this machine beside generator"
              + " and reader (default: ${DEFAULT-VALUE}).")
  private List<Rate> rates;

  @Option(
      names = "--variants",
      split = ",",
      defaultValue = "raw,delay-0,delay-1,delay-5,delay-20,adaptive,defaults",
      converter = LatencyVariant.Converter.class,
      description = {
        "What to compare (default: ${DEFAULT-VALUE}).",
        "raw: consumer and producer without Flink; passthrough: source and sink of the job alone;"
            + " delay-N: micro-batches wait up to N ms, 0: records are scored one by one; adaptive:"
            + " an idle source ends the wait; all of these without linger. defaults: the job as it"
            + " comes.",
        "NAME=key=value;key=value: the job with these options."
      })
  private List<LatencyVariant> variants;

  @Option(
      names = "--job-option",
      paramLabel = "<key=value>",
      description =
          "Further option of all variants but raw, for instance consumer.fetch.max.wait.ms=10; may"
              + " be repeated. It wins over those of the variants.")
  private List<String> jobOptions = List.of();

  @Option(
      names = "--delivery-guarantee",
      defaultValue = "at-least-once",
      description =
          "at-least-once or exactly-once, which readers see after the next checkpoint only"
              + " (default: ${DEFAULT-VALUE}). raw has no transactions.")
  private String delivery;

  @Option(
      names = "--checkpoint-interval",
      defaultValue = "10s",
      description = "Time between checkpoints (default: ${DEFAULT-VALUE}).")
  private String checkpointInterval;

  @Option(
      names = "--shape",
      defaultValue = "32x4",
      converter = Shape.Converter.class,
      description = "Features x classes of the model (default: ${DEFAULT-VALUE}).")
  private Shape shape;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      description = "Subtasks of the jobs, at most 2 (default: ${DEFAULT-VALUE}).")
  private int parallelism;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Rounds; every variant runs once in each (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up-rounds",
      defaultValue = "2",
      description =
          "Rounds before those, at the highest fixed rate, not counted: until the JVMs have"
              + " compiled most of what they run (default: ${DEFAULT-VALUE}).")
  private int warmUpRounds;

  @Option(
      names = "--warm-up",
      defaultValue = "5s",
      description = "Beginning of a run that does not count (default: ${DEFAULT-VALUE}).")
  private String warmUp;

  @Option(
      names = "--duration",
      defaultValue = "15s",
      description = "What of a run counts (default: ${DEFAULT-VALUE}).")
  private String duration;

  @Option(
      names = "--burst",
      defaultValue = "1ms",
      description =
          "Records are sent in bursts so far apart: at 5,000 records/s 5 every ms. 1ns: one by one,"
              + " each a request of its own to the broker (default: ${DEFAULT-VALUE}).")
  private String burst;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "Heap of the JVM of each program (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--jvm-option",
      description = "Further option of the JVM of each program; may be repeated.")
  private List<String> jvmOptions = List.of();

  @Option(
      names = "--data",
      description =
          "Directory for the data of the broker, removed at the end (default: that of temporary"
              + " files). On a file system in memory the disk stays out of the figures.")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/latency",
      description = "Directory for the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LatencyBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    requireDistinctNames();
    Duration warmUpTime = parseDuration("--warm-up", warmUp);
    Duration measuredTime = parseDuration("--duration", duration);
    Duration checkpoints = parseDuration("--checkpoint-interval", checkpointInterval);
    Duration burstTime = parseDuration("--burst", burst);
    List<String> options = new ArrayList<>();
    options.add("delivery-guarantee=" + delivery);
    options.add("checkpoint-interval=" + checkpointInterval);
    options.addAll(jobOptions);
    List<LatencyVariant> configured =
        variants.stream().map(variant -> variant.with(options)).toList();
    Files.createDirectories(out);
    String machine = Machine.describe() + "; ParallelGC, heap " + heap;
    BenchmarkBroker broker = BenchmarkBroker.start(data, out);
    LatencyWorkload workload = new LatencyWorkload(broker.bootstrapServers(), shape, parallelism);
    for (LatencyVariant variant : configured) {
      // An option that is refused is to be heard of now, not in the middle.
      var unused = workload.config("features", "predictions", variant.options());
    }
    List<LatencyMeasurement> measurements = new ArrayList<>();
    double maximum = Double.NaN;
    List<String> jvm = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
    jvm.addAll(jvmOptions);
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      topics.create("dead-letters");
      publish(topics, BenchmarkModel.of(shape));
      LatencyRuns runs =
          new LatencyRuns(
              workload, topics, warmUpTime, measuredTime, checkpoints.plusSeconds(10), burstTime);
      try (LatencyComparison comparison =
          new LatencyComparison(workload, runs, measuredTime, configured, jvm, out)) {
        comparison.warmUp(warmUpRate(), warmUpRounds);
        if (rates.stream().anyMatch(Rate::ofMaximum)) {
          maximum = comparison.maximum(fastest(configured));
        }
        for (Rate rate : rates) {
          measurements.addAll(comparison.measure(rate, rate.recordsPerSecond(maximum), rounds));
        }
      }
    }
    LatencyReport report =
        new LatencyReport(measurements, configured, maximum, machine, Invocation.of(spec));
    report.writeTo(out);
    System.out.println(report.markdown());
    return 0;
  }

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (LatencyVariant variant : variants) {
      if (!names.add(variant.name())) {
        throw new ParameterException(
            spec.commandLine(), "--variants has '" + variant.name() + "' twice");
      }
    }
  }

  private Duration parseDuration(String option, String text) {
    try {
      Duration duration = TimeUtils.parseDuration(text);
      if (!duration.isZero()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ParameterException(
        spec.commandLine(), "%s is '%s', expected a duration: 10s".formatted(option, text));
  }

  private static void publish(Topics topics, Model model) throws Exception {
    try (ModelTopic models = topics.createModels(LatencyWorkload.MODELS_TOPIC)) {
      models.promote(model.name(), models.publish(model), "benchmark", "to be measured");
    }
  }

  private double warmUpRate() {
    return rates.stream()
        .filter(rate -> !rate.ofMaximum())
        .mapToDouble(Rate::value)
        .max()
        .orElse(WARM_UP_RATE);
  }

  /** The one that is the goal, or else the last: shares of a maximum need a job. */
  private LatencyVariant fastest(List<LatencyVariant> configured) {
    List<LatencyVariant> jobs =
        configured.stream().filter(variant -> variant.program() == Program.JOB).toList();
    if (jobs.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--rates has a share of what the job can do, --variants has no job");
    }
    return jobs.stream()
        .filter(variant -> variant.name().equals("adaptive"))
        .findFirst()
        .orElse(jobs.get(jobs.size() - 1));
  }
}
