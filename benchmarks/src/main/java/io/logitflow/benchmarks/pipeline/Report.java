package io.logitflow.benchmarks.pipeline;

import io.logitflow.benchmarks.Spread;
import io.logitflow.benchmarks.plot.RatioDots;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * Writes every run to {@code runs.csv}, the tables to {@code report.md} and the ratios beside it
   * as plots.
   */
  void writeTo(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(Measurement.header());
    measurements.forEach(measurement -> lines.add(measurement.line()));
    Files.write(directory.resolve("runs.csv"), lines);
    Files.writeString(directory.resolve("report.md"), markdown());
    for (Comparisons comparisons : comparisons()) {
      Files.writeString(directory.resolve(comparisons.plot()), plot(comparisons));
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Throughput of the whole pipeline\n\n");
    text.append(machine).append("\n\n    ").append(command).append("\n\n");
    comparisons().forEach(comparisons -> text.append(table(comparisons)));
    text.append(
        """
        Medians over the rounds; CPU seconds per million records, with start and end of the job:

        | model | parallelism | delivery | checkpoints | variant | records/s | CPU of the pipeline | CPU of the broker |
        |---|---|---|---|---|---|---|---|
        """);
    bySetting().forEach((setting, runs) -> text.append(absolutes(setting, runs)));
    return text.toString();
  }

  /**
   * Ratios of one kind.
   *
   * @param title what is divided by what
   * @param plot name of the file of the plot
   * @param prefix before the names of variants
   * @param variants what is compared
   * @param ratio the ratios of a setting's runs
   */
  private record Comparisons(
      String title,
      String plot,
      String prefix,
      List<Variant> variants,
      BiFunction<List<Measurement>, Variant, Spread> ratio) {

    /** By the name of the variant, the ratios of the runs of a setting. */
    Map<String, Spread> of(List<Measurement> runs) {
      Map<String, Spread> ratios = new LinkedHashMap<>();
      variants.forEach(variant -> ratios.put(prefix + variant, ratio.apply(runs, variant)));
      return ratios;
    }
  }

  /** What can be compared with the scoring job, if it was measured. */
  private List<Comparisons> comparisons() {
    if (of(measurements, Variant.LOGITFLOW).isEmpty()) {
      return List.of();
    }
    return Stream.of(
            new Comparisons(
                "Records/s of logitflow by those of another variant",
                "rivals.svg",
                "/ ",
                variants().stream().filter(v -> v.program() != Program.LOGITFLOW).toList(),
                (runs, rival) -> ratio(runs, Variant.LOGITFLOW, rival)),
            new Comparisons(
                "Records/s of logitflow with more to do by those without",
                "loads.svg",
                "",
                variants().stream().filter(Variant::isLoadedLogitflow).toList(),
                (runs, loaded) -> ratio(runs, loaded, Variant.LOGITFLOW)))
        .filter(comparisons -> !comparisons.variants().isEmpty())
        .toList();
  }

  /** A table with a row per setting and a column per variant, and its plot. */
  private String table(Comparisons comparisons) {
    StringBuilder text = new StringBuilder(comparisons.title());
    text.append(", medians over the rounds (least to greatest):\n\n");
    text.append("| model | parallelism | delivery | checkpoints |");
    comparisons
        .variants()
        .forEach(v -> text.append(" ").append(comparisons.prefix()).append(v).append(" |"));
    text.append("\n|---|---|---|---|").append("---|".repeat(comparisons.variants().size()));
    bySetting()
        .forEach(
            (setting, runs) -> {
              text.append("\n").append(row(setting));
              comparisons.of(runs).values().forEach(r -> text.append(" ").append(r).append(" |"));
            });
    return text.append("\n\n![ratios](").append(comparisons.plot()).append(")\n\n").toString();
  }

  private String plot(Comparisons comparisons) {
    List<RatioDots.Row> rows = new ArrayList<>();
    bySetting()
        .forEach(
            (setting, runs) ->
                rows.add(
                    new RatioDots.Row(
                        "%s, %d, %s, %s"
                            .formatted(
                                setting.shape(),
                                setting.parallelism(),
                                setting.delivery(),
                                setting.checkpointInterval()),
                        comparisons.of(runs))));
    return new RatioDots(comparisons.title(), rows).svg();
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

  private static Spread ratio(List<Measurement> runs, Variant above, Variant below) {
    List<Double> ratios = new ArrayList<>();
    for (Measurement ours : of(runs, above)) {
      for (Measurement theirs : of(runs, below)) {
        if (theirs.round() == ours.round()) {
          ratios.add(ours.recordsPerSecond() / theirs.recordsPerSecond());
        }
      }
    }
    return new Spread(ratios);
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
                    Spread.of(own, Measurement::recordsPerSecond).median(),
                    Spread.of(own, Measurement::pipelineCpuSecondsPerMillion).median(),
                    Spread.of(own, Measurement::brokerCpuSecondsPerMillion).median()));
      }
    }
    return rows.toString();
  }

  private static List<Measurement> of(List<Measurement> runs, Variant variant) {
    return runs.stream().filter(run -> run.variant().equals(variant)).toList();
  }
}
