package io.logitflow.benchmarks.pipeline;

import io.logitflow.benchmarks.Invocation;
import io.logitflow.benchmarks.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the variants in turns. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the records per second of the whole pipeline, features topic to predictions topic,"
          + " for the scoring job and for what it is compared with.",
      "Each variant runs in a JVM of its own, next to a broker in another. They take turns; the"
          + " ratios are medians over the rounds. Writes runs.csv and report.md."
    })
public final class PipelineBenchmark implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--shapes",
      split = ",",
      defaultValue = "32x4,784x10",
      converter = Shape.Converter.class,
      description = "Features x classes of the models (default: ${DEFAULT-VALUE}).")
  private List<Shape> shapes;

  @Option(
      names = "--records",
      split = ",",
      defaultValue = "5000000,500000",
      description = "Records of a run, for each shape (default: ${DEFAULT-VALUE}).")
  private List<Integer> records;

  @Option(
      names = "--parallelism",
      split = ",",
      defaultValue = "1,2",
      description = "Subtasks, at most 2 (default: ${DEFAULT-VALUE}).")
  private List<Integer> parallelisms;

  @Option(
      names = "--variants",
      split = ",",
      defaultValue =
          "raw,raw-scoring,passthrough,logitflow,idiomatic,tuned-idiomatic,idiomatic-djl",
      description =
          "What to compare (default: ${DEFAULT-VALUE}); there is unchained-passthrough as well.")
  private List<Program> programs;

  @Option(
      names = "--challengers",
      split = ",",
      defaultValue = "0",
      description =
          "Numbers of challengers. Each above 0 adds a variant: the scoring job with so many beside"
              + " the champion (default: ${DEFAULT-VALUE}).")
  private List<Integer> challengers;

  @Option(
      names = "--compression",
      description =
          "Adds a variant for each of --challengers: the scoring job whose predictions are"
              + " compressed with gzip, snappy, lz4 or zstd.")
  private Compression compression;

  @Option(
      names = "--swap-every",
      description =
          "Adds a variant: the scoring job while one of two versions is made the champion and then"
              + " the other, so often, for instance 1s.")
  private String swapEvery;

  @Option(
      names = "--forks",
      defaultValue = "3",
      description = "How often every variant gets a new JVM (default: ${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description =
          "Rounds of a fork; every variant runs once in each (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up-rounds",
      defaultValue = "3",
      description = "Rounds before those, not counted (default: ${DEFAULT-VALUE}).")
  private int warmUpRounds;

  @Option(
      names = "--delivery-guarantee",
      split = ",",
      defaultValue = "at-least-once",
      description =
          "at-least-once, exactly-once or both, for all Flink jobs (default: ${DEFAULT-VALUE}).")
  private List<String> deliveries;

  @Option(
      names = "--checkpoint-interval",
      split = ",",
      defaultValue = "2s",
      description =
          "Times between checkpoints, for all Flink jobs (default: ${DEFAULT-VALUE}). A run should"
              + " last for several.")
  private List<String> checkpointIntervals;

  @Option(
      names = "--kernel",
      defaultValue = "auto",
      description = "auto, scalar or vector (default: ${DEFAULT-VALUE}).")
  private String kernel;

  @Option(
      names = "--job-option",
      paramLabel = "<key=value>",
      description =
          "Further option of the scoring job, for instance producer.compression.type=lz4; may be"
              + " repeated. Those of Kafka clients are for the passthrough, raw and tuned jobs"
              + " too.")
  private List<String> jobOptions = List.of();

  @Option(
      names = "--broker-option",
      paramLabel = "<key=value>",
      description =
          "Setting of the broker, for instance socket.receive.buffer.bytes=102400; may be"
              + " repeated.")
  private Map<String, String> brokerOptions = Map.of();

  @Option(
      names = "--heap",
      defaultValue = "2g",
      description = "Heap of the JVM of each variant (default: ${DEFAULT-VALUE}).")
  private String heap;

  @Option(
      names = "--jvm-option",
      description = "Further option of the JVM of each variant; may be repeated.")
  private List<String> jvmOptions = List.of();

  @Option(
      names = "--data",
      description = {
        "Directory for the data of the broker, some gigabytes that are removed at the end (default:"
            + " that of temporary files). On a file system in memory, /dev/shm on Linux, the disk"
            + " stays out of the figures."
      })
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--out",
      defaultValue = "benchmarks/target/pipeline",
      description = "Directory for the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new PipelineBenchmark())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (records.size() != shapes.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "--records has %d values and --shapes %d".formatted(records.size(), shapes.size()));
    }
    List<Variant> variants = variants();
    Files.createDirectories(out);
    String machine = Machine.describe() + "; ParallelGC, heap " + heap;
    List<Measurement> measurements = new ArrayList<>();
    BenchmarkBroker broker = BenchmarkBroker.start(data, out, brokerOptions);
    measureAll(broker, variants, measurements);
    Report report = new Report(measurements, machine, Invocation.of(spec));
    report.writeTo(out);
    System.out.println(report.markdown());
    return 0;
  }

  private void measureAll(
      BenchmarkBroker broker, List<Variant> variants, List<Measurement> measurements)
      throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
    options.addAll(jvmOptions);
    String bootstrapServers = broker.bootstrapServers();
    try (Topics topics = new Topics(bootstrapServers)) {
      topics.create("dead-letters");
      Comparison comparison =
          new Comparison(
              broker, topics, new Comparison.Rounds(forks, warmUpRounds, rounds), options, out);
      for (int i = 0; i < shapes.size(); i++) {
        String features = Workload.featuresTopic(shapes.get(i));
        topics.create(features);
        new FeatureRecords(shapes.get(i)).write(bootstrapServers, features, records.get(i));
        for (Workload workload : workloads(bootstrapServers, shapes.get(i))) {
          measurements.addAll(comparison.measure(variants, workload, records.get(i)));
        }
        topics.delete(features);
      }
    }
  }

  /** Every combination of what a table has a row for. */
  private List<Workload> workloads(String bootstrapServers, Shape shape) {
    List<String> options = jobOptions.stream().map(option -> "--" + option).toList();
    List<Workload> workloads = new ArrayList<>();
    for (int parallelism : parallelisms) {
      for (String delivery : deliveries) {
        for (String interval : checkpointIntervals) {
          workloads.add(
              new Workload(
                  bootstrapServers, shape, parallelism, delivery, interval, kernel, options));
        }
      }
    }
    return workloads;
  }

  private List<Variant> variants() {
    for (int number : challengers) {
      if (number < 0 || number > RunModels.maxChallengers()) {
        throw new ParameterException(
            spec.commandLine(),
            "--challengers has %d, expected 0 to %d: so many the scoring job can have"
                .formatted(number, RunModels.maxChallengers()));
      }
    }
    return Variant.all(
        programs,
        challengers,
        Optional.ofNullable(compression),
        Optional.ofNullable(swapEvery).map(this::interval));
  }

  private Duration interval(String text) {
    Duration interval;
    try {
      interval = TimeUtils.parseDuration(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--swap-every is '%s', expected a duration: 1s".formatted(text), e);
    }
    if (interval.isZero()) {
      throw new ParameterException(spec.commandLine(), "--swap-every is 0, expected more");
    }
    return interval;
  }
}
