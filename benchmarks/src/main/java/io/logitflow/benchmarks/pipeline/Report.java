package io.logitflow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was measured, for readers. A ratio is taken between two runs of the same round, which had
 * the same neighbours on the machine, and only then is the median taken.
 */
final class Report {

  private static final List<Variant> RIVALS =
      Arrays.stream(Variant.values()).filter(variant -> variant != Variant.LOGITFLOW).toList();

  /** What the rows of the tables stand for. */
  private record Setting(Shape shape, int parallelism) {}

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
    text.append(
        """
        Records/s of logitflow by those of another variant, medians over the rounds (least to greatest):

        | model | parallelism |\
        """);
    List<Variant> rivals =
        RIVALS.stream().filter(rival -> !of(measurements, rival).isEmpty()).toList();
    rivals.forEach(rival -> text.append(" / ").append(rival).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(rivals.size())).append("\n");
    bySetting()
        .forEach(
            (setting, runs) -> {
              text.append(row(setting));
              rivals.forEach(rival -> text.append(" ").append(ratio(runs, rival)).append(" |"));
              text.append("\n");
            });
    text.append(
        """

        Medians over the rounds; CPU seconds per million records, with start and end of the job:

        | model | parallelism | variant | records/s | CPU of the pipeline | CPU of the broker |
        |---|---|---|---|---|---|
        """);
    bySetting().forEach((setting, runs) -> text.append(absolutes(setting, runs)));
    return text.toString();
  }

  private Map<Setting, List<Measurement>> bySetting() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(
                run -> new Setting(run.shape(), run.parallelism()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static String row(Setting setting) {
    return "| %s | %d |".formatted(setting.shape(), setting.parallelism());
  }

  private static String ratio(List<Measurement> runs, Variant rival) {
    List<Double> ratios = new ArrayList<>();
    for (Measurement ours : of(runs, Variant.LOGITFLOW)) {
      for (Measurement theirs : of(runs, rival)) {
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

  private static String absolutes(Setting setting, List<Measurement> runs) {
    StringBuilder rows = new StringBuilder();
    for (Variant variant : Variant.values()) {
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
    return runs.stream().filter(run -> run.variant() == variant).toList();
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
