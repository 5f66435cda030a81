package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.Spread;
import io.logitflow.benchmarks.plot.PercentileCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What was measured, for readers. A ratio is taken between two runs of the same round, which had
 * the same neighbours on the machine, and only then is the median taken.
 */
final class LatencyReport {

  private final List<LatencyMeasurement> measurements;
  private final List<LatencyVariant> variants;
  private final double maximum;
  private final String machine;
  private final String command;

  /**
   * Creates a report.
   *
   * @param variants what was compared, in the order of the rows
   * @param maximum records per second that shares are of; NaN if there are none
   * @param machine describes what was measured on
   * @param command the command that measured
   */
  LatencyReport(
      List<LatencyMeasurement> measurements,
      List<LatencyVariant> variants,
      double maximum,
      String machine,
      String command) {
    this.measurements = List.copyOf(measurements);
    this.variants = List.copyOf(variants);
    this.maximum = maximum;
    this.machine = machine;
    this.command = command;
  }

  /**
   * Writes every run to {@code runs.csv}, its histogram to {@code histograms.hlog} and the tables
   * to {@code report.md}.
   */
  void writeTo(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(LatencyMeasurement.header());
    measurements.forEach(measurement -> lines.add(measurement.line()));
    Files.write(directory.resolve("runs.csv"), lines);
    HistogramLog.write(directory.resolve("histograms.hlog"), measurements);
    Files.writeString(directory.resolve("report.md"), markdown());
    for (Map.Entry<Rate, List<LatencyMeasurement>> runs : byRate().entrySet()) {
      Files.writeString(directory.resolve(plotName(runs.getKey())), plot(runs.getValue()));
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Latency of the whole pipeline\n\n");
    text.append(machine).append("\n\n    ").append(command).append("\n\n");
    text.append(
        """
        Milliseconds from the time at which a record was to be sent to the time at which its prediction came out of
        a consumer; medians over the rounds. Ratios to the raw loop in the same round: median (least to greatest).
        CPU: seconds of the variant's JVM per run, with warm-up, start and end of a job.
        """);
    if (!Double.isNaN(maximum)) {
      text.append(
          String.format(
              Locale.ROOT,
              "The maximum, with generator and reader on the same machine: %,.0f records/s.%n",
              maximum));
    }
    text.append("\n| variant | options |\n|---|---|\n");
    variants.forEach(
        variant -> text.append("| %s | %s |\n".formatted(variant.name(), options(variant))));
    byRate().forEach((rate, runs) -> text.append(section(rate, runs)));
    return text.toString();
  }

  private static String options(LatencyVariant variant) {
    return variant.options().isEmpty()
        ? "those that the job comes with"
        : variant.options().stream().map("`%s`"::formatted).collect(Collectors.joining(" "));
  }

  private Map<Rate, List<LatencyMeasurement>> byRate() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(
                LatencyMeasurement::rate, LinkedHashMap::new, Collectors.toList()));
  }

  private String section(Rate rate, List<LatencyMeasurement> runs) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%n## %,.0f records/s", runs.get(0).recordsPerSecond()));
    text.append(rate.ofMaximum() ? ", " + rate + " of the maximum" : "");
    text.append(
        """


        | variant | p50 | p99 | p99.9 | max | p50 / raw | p99 / raw | CPU |
        |---|---|---|---|---|---|---|---|
        """);
    for (LatencyVariant variant : variants) {
      List<LatencyMeasurement> own = of(runs, variant.name());
      List<LatencyMeasurement> raw = of(runs, LatencyVariant.RAW);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %.2f | %.2f | %.1f | %s | %s | %.1f |%n",
              variant.name(),
              median(own, run -> run.millis(50)),
              median(own, run -> run.millis(99)),
              median(own, run -> run.millis(99.9)),
              median(own, LatencyMeasurement::maxMillis),
              ratio(own, raw, run -> run.millis(50)),
              ratio(own, raw, run -> run.millis(99)),
              median(own, LatencyMeasurement::cpuSeconds)));
    }
    text.append("\n![percentiles](").append(plotName(rate)).append(")\n");
    runs.stream()
        .filter(run -> !run.complete())
        .forEach(
            run ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%nIncomplete: %s had %,d of %,d predictions in time in round %d: it does"
                            + " not keep up.%n",
                        run.variant(),
                        run.histogram().getTotalCount(),
                        run.expected(),
                        run.round())));
    return text.toString();
  }

  private static String plotName(Rate rate) {
    return "percentiles-" + rate.toString().replace("%", "-percent") + ".svg";
  }

  private String plot(List<LatencyMeasurement> runs) {
    Map<String, Histogram> curves = new LinkedHashMap<>();
    for (LatencyVariant variant : variants) {
      List<LatencyMeasurement> own = of(runs, variant.name());
      Histogram sum = own.get(0).histogram().copy();
      own.stream().skip(1).forEach(run -> sum.add(run.histogram()));
      curves.put(variant.name(), sum);
    }
    return new PercentileCurves(
            String.format(
                Locale.ROOT,
                "Latency at %,.0f records/s, all rounds",
                runs.get(0).recordsPerSecond()),
            curves)
        .svg();
  }

  private static Spread ratio(
      List<LatencyMeasurement> own,
      List<LatencyMeasurement> raw,
      ToDoubleFunction<LatencyMeasurement> value) {
    List<Double> ratios = new ArrayList<>();
    for (LatencyMeasurement ours : own) {
      for (LatencyMeasurement theirs : raw) {
        if (theirs.round() == ours.round()) {
          ratios.add(value.applyAsDouble(ours) / value.applyAsDouble(theirs));
        }
      }
    }
    return new Spread(ratios);
  }

  private static List<LatencyMeasurement> of(List<LatencyMeasurement> runs, String variant) {
    return runs.stream().filter(run -> run.variant().equals(variant)).toList();
  }

  private static double median(
      List<LatencyMeasurement> runs, ToDoubleFunction<LatencyMeasurement> value) {
    return Spread.of(runs, value).median();
  }
}
