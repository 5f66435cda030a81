package io.logitflow.benchmarks.feedback;

import io.logitflow.benchmarks.Machine;
import io.logitflow.benchmarks.Spread;
import io.logitflow.benchmarks.pipeline.BenchmarkBroker;
import io.logitflow.benchmarks.pipeline.Topics;
import io.logitflow.embedded.EmbeddedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the feedback job. */
@Command(
    name = "feedback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the feedback job: predictions and labels of one busy model joined and summed per"
          + " second, with sources in memory, by one subtask and by two; and millions of"
          + " predictions that wait in RocksDB, from a Kafka broker in a JVM of its own: the time"
          + " to read them, the size and time of a savepoint, and the time to join their labels"
          + " after a restore. Writes report.md and runs.csv."
    })
public final class FeedbackBenchmark implements Callable<Integer> {

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Predictions, and labels, of a run in memory (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--pending",
      defaultValue = "5000000",
      description = "Pending predictions; 0 leaves this part out (default: ${DEFAULT-VALUE}).")
  private long pending;

  @Option(
      names = "--classes",
      defaultValue = "10",
      description = "Classes of the model (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description =
          "Rounds in memory; every variant runs once in each, after one that does not count"
              + " (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      description = "Directory for temporary files (default: that of the system).")
  private Path data = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      required = true,
      description = "Directory for the report.")
  private Path out;

  /** A state backend and a number of subtasks. */
  private record Variant(String backend, int parallelism) {

    @Override
    public String toString() {
      return backend + ", " + parallelism + (parallelism == 1 ? " subtask" : " subtasks");
    }
  }

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("hashmap", 1),
          new Variant("hashmap", 2),
          new Variant("rocksdb", 1),
          new Variant("rocksdb", 2));

  private String arguments = "";

  private FeedbackBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] args) {
    FeedbackBenchmark benchmark = new FeedbackBenchmark();
    benchmark.arguments = String.join(" ", args);
    System.exit(new CommandLine(benchmark).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(out);
    StringBuilder report = new StringBuilder("# Feedback\n\n");
    report.append(Machine.describe()).append("\n\n    benchmarks/feedback ").append(arguments);
    report.append("\n\n");
    StringBuilder csv = new StringBuilder("round,backend,subtasks,records_per_second\n");
    Path scratch = Files.createTempDirectory(data, "logitflow-feedback-");
    try (EmbeddedCluster cluster = EmbeddedCluster.start(1, 4, configuration(scratch))) {
      join(cluster, report, csv);
      if (pending > 0) {
        pending(cluster, scratch, report);
      }
    } finally {
      FileUtils.deleteDirectory(scratch.toFile());
    }
    Files.writeString(out.resolve("report.md"), report);
    Files.writeString(out.resolve("runs.csv"), csv);
    System.out.print(report);
    return 0;
  }

  private static Configuration configuration(Path scratch) {
    return new Configuration()
        .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024))
        .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
        .set(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            scratch.resolve("checkpoints").toUri().toString())
        .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
  }

  private void join(EmbeddedCluster cluster, StringBuilder report, StringBuilder csv)
      throws Exception {
    FeedbackRecords feedback = FeedbackRecords.of(classes, System.currentTimeMillis());
    double[][] rates = new double[VARIANTS.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int turn = 0; turn < VARIANTS.size(); turn++) {
        int index = Math.floorMod(turn + round, VARIANTS.size());
        Variant variant = VARIANTS.get(index);
        double rate =
            JoinMeasurement.recordsPerSecond(
                cluster, feedback, records, variant.parallelism(), variant.backend());
        say("round %d: %s: %,.0f records/s", round + 1, variant, rate);
        if (round >= 0) {
          rates[index][round] = rate;
          csv.append(
              String.format(
                  Locale.ROOT,
                  "%d,%s,%d,%.0f%n",
                  round + 1,
                  variant.backend(),
                  variant.parallelism(),
                  rate));
        }
      }
    }
    report.append(
        "Predictions and labels of one model with %d classes, joined and summed per second; sources in memory; medians of %d runs (least to greatest):\n\n"
            .formatted(classes, rounds));
    report.append("| state | 1 subtask | 2 subtasks | ratio within a round |\n|---|---|---|---|\n");
    for (int i = 0; i < VARIANTS.size(); i += 2) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = rates[i + 1][round] / rates[i][round];
      }
      report.append(
          "| %s | %s | %s | %s |%n"
              .formatted(
                  VARIANTS.get(i).backend(),
                  Spread.of(rates[i]).text("%,.0f"),
                  Spread.of(rates[i + 1]).text("%,.0f"),
                  Spread.of(ratios)));
    }
  }

  private void pending(EmbeddedCluster cluster, Path scratch, StringBuilder report)
      throws Exception {
    BenchmarkBroker broker = BenchmarkBroker.start(data, out);
    try (Topics topics = new Topics(broker.bootstrapServers())) {
      PendingMeasurement.Result result =
          new PendingMeasurement(
                  cluster,
                  broker.bootstrapServers(),
                  FeedbackRecords.of(classes, System.currentTimeMillis()),
                  pending,
                  scratch.resolve("savepoints"),
                  line -> say("%s", line))
              .run(topics);
      report.append(
          """

          %,d predictions with %d classes that wait for their labels in RocksDB, two subtasks, from Kafka:

          | | |
          |---|---|
          | put into state | %,.0f predictions/s |
          | heap that they take, after a collection | %,d MB |
          | savepoint | %.1f s, %,d MB: %,.0f bytes a prediction |
          | labels joined after a restore, the restore included | %,.0f labels/s |
          """
              .formatted(
                  pending,
                  classes,
                  result.pendingPerSecond(),
                  result.heapBytes() >> 20,
                  result.savepointSeconds(),
                  result.savepointBytes() >> 20,
                  (double) result.savepointBytes() / pending,
                  result.joinedPerSecond()));
    }
  }

  private static void say(String format, Object... arguments) {
    System.err.printf(Locale.ROOT, format + "%n", arguments);
  }
}
