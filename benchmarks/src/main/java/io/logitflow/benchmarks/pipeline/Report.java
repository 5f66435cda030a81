package io.logitflow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was measured, for readers. A ratio is taken between two runs of the same round, which had
 * the same neighbours on the machine, and only then is the median taken.
 */
final class Report {

  private final List<Measurement> measurements;
  private final String machine;
  private final String command;

  /**
   * Creates a report.
   *
   * @param machine describes what was measured on
   * @param command the command that measured
   */
  Report(List<Measurement> measurements, String machine, String command) {
    this.measurements = List.copyOf(measurements);
    this.machine = machine;
    this.command = command;
  }

  /** Writes every run to {@code runs.csv} and the tables to {@code report.md}. */
  void writeTo(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Measurement.header());
    measurements.forEach(measurement -> lines.add(measurement.line()));
    Files.write(directory.resolve("runs.csv"), lines);
    Files.writeString(directory.resolve("report.md"), markdown());
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Throughput of the whole pipeline\n\n");
    text.append(machine).append("\n\n    ").append(command).append("\n\n");
    List<Variant> rivals =
        variants().stream().filter(variant -> variant.program() != Program.LOGITFLOW).toList();
    ratios(
        text,
        "Records/s of logitflow by those of another variant",
        "/ ",
        rivals,
        this::ofLogitflow);
    ratios(
        text,
        "Records/s of logitflow with more to do by those without",
        "",
        variants().stream().filter(Variant::isLoadedLogitflow).toList(),
        (runs, loaded) -> ratio(runs, loaded, Variant.LOGITFLOW));
    text.append(
        """
        Medians over the rounds; CPU seconds per million records, with start and end of the job:

        | model | parallelism | delivery | checkpoints | variant | records/s | CPU of the pipeline | CPU of the broker |
        |---|---|---|---|---|---|---|---|
        """);
    bySetting().forEach((setting, runs) -> text.append(absolutes(setting, runs)));
    return text.toString();
  }

  /** A table with a row per setting and a column per variant; none without columns. */
  private void ratios(
      StringBuilder text,
      String title,
      String columnPrefix,
      List<Variant> columns,
      BiFunction<List<Measurement>, Variant, String> ratio) {
    if (columns.isEmpty() || of(measurements, Variant.LOGITFLOW).isEmpty()) {
      return;
    }
    text.append(title).append(", medians over the rounds (least to greatest):\n\n");
    text.append("| model | parallelism | delivery | checkpoints |");
    columns.forEach(column -> text.append(" ").append(columnPrefix).append(column).append(" |"));
    text.append("\n|---|---|---|---|").append("---|".repeat(columns.size())).append("\n");
    bySetting()
        .forEach(
            (setting, runs) -> {
              text.append(row(setting));
              columns.forEach(
                  column -> text.append(" ").append(ratio.apply(runs, column)).append(" |"));
              text.append("\n");
            });
    text.append("\n");
  }

  private String ofLogitflow(List<Measurement> runs, Variant rival) {
    return ratio(runs, Variant.LOGITFLOW, rival);
  }

  private List<Variant> variants() {
    return measurements.stream()
        .map(Measurement::variant)
        .distinct()
        .sorted(Comparator.comparing(Variant::program).thenComparing(Variant::toString))
        .toList();
  }

  private Map<Measurement.Setting, List<Measurement>> bySetting() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(Measurement::setting, LinkedHashMap::new, Collectors.toList()));
  }

  private static String row(Measurement.Setting setting) {
    return "| %s | %d | %s | %s |"
        .formatted(
            setting.shape(),
            setting.parallelism(),
            setting.delivery(),
            setting.checkpointInterval());
  }

  private static String ratio(List<Measurement> runs, Variant above, Variant below) {
    List<Double> ratios = new ArrayList<>();
    for (Measurement ours : of(runs, above)) {
      for (Measurement theirs : of(runs, below)) {
        if (theirs.round() == ours.round()) {
          ratios.add(ours.recordsPerSecond() / theirs.recordsPerSecond());
        }
      }
    }
    if (ratios.isEmpty()) {
      return "-";
    }
    List<Double> sorted = ratios.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        median(sorted),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private String absolutes(Measurement.Setting setting, List<Measurement> runs) {
    StringBuilder rows = new StringBuilder();
    for (Variant variant : variants()) {
      List<Measurement> own = of(runs, variant);
      if (!own.isEmpty()) {
        rows.append(row(setting))
            .append(
                String.format(
                    Locale.ROOT,
                    " %s | %,.0f | %.2f | %.2f |%n",
                    variant,
                    median(own, Measurement::recordsPerSecond),
                    median(own, Measurement::pipelineCpuSecondsPerMillion),
                    median(own, Measurement::brokerCpuSecondsPerMillion)));
      }
    }
    return rows.toString();
  }

  private static List<Measurement> of(List<Measurement> runs, Variant variant) {
    return runs.stream().filter(run -> run.variant().equals(variant)).toList();
  }

  private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> value) {
    return median(runs.stream().mapToDouble(value).sorted().boxed().toList());
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
