package io.logitflow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      defaultValue = "raw,passthrough,logitflow,idiomatic,tuned-idiomatic",
      description = "What to compare (default: ${DEFAULT-VALUE}).")
  private List<Variant> variants;

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
      defaultValue = "at-least-once",
      description = "at-least-once or exactly-once (default: ${DEFAULT-VALUE}).")
  private String delivery;

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
    Files.createDirectories(out);
    String machine = Machine.describe(heap);
    List<Measurement> measurements = new ArrayList<>();
    Path brokerData = Files.createTempDirectory(data, "logitflow-benchmark-");
    ChildJvm broker =
        ChildJvm.start(
            "broker",
            BrokerMain.class,
            List.of(brokerData.toString()),
            List.of("-Xms1g", "-Xmx1g"),
            out);
    // Gigabytes, which are not to stay when the benchmark is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(broker, brokerData)));
    measureAll(broker, measurements);
    Report report = new Report(measurements, machine, command());
    report.writeTo(out);
    System.out.println(report.markdown());
    return 0;
  }

  private void measureAll(ChildJvm broker, List<Measurement> measurements) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
    options.addAll(jvmOptions);
    String bootstrapServers = broker.receive();
    try (Topics topics = new Topics(bootstrapServers)) {
      topics.createShared();
      Comparison comparison =
          new Comparison(
              broker, topics, new Comparison.Rounds(forks, warmUpRounds, rounds), options, out);
      for (int i = 0; i < shapes.size(); i++) {
        Workload any = workload(bootstrapServers, shapes.get(i), 1);
        topics.publish(any.model());
        topics.createFeatures(any.featuresTopic());
        new FeatureRecords(shapes.get(i))
            .write(bootstrapServers, any.featuresTopic(), records.get(i));
        for (int parallelism : parallelisms) {
          measurements.addAll(
              comparison.measure(
                  variants,
                  workload(bootstrapServers, shapes.get(i), parallelism),
                  records.get(i)));
        }
        topics.delete(any.featuresTopic());
      }
    }
  }

  private Workload workload(String bootstrapServers, Shape shape, int parallelism) {
    return new Workload(
        bootstrapServers,
        shape,
        parallelism,
        delivery,
        kernel,
        jobOptions.stream().map(option -> "--" + option).toList());
  }

  private String command() {
    return "benchmarks/pipeline "
        + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static void remove(ChildJvm broker, Path brokerData) {
    try {
      broker.close();
      try (Stream<Path> files = Files.walk(brokerData)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      System.err.println("Remove " + brokerData + " by hand: " + e);
    }
  }
}
