package io.logitflow.benchmarks.kernel;

import io.logitflow.benchmarks.Spread;
import io.logitflow.benchmarks.kernel.Measurement.Iteration;
import io.logitflow.benchmarks.plot.RatioDots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The measurements as a Markdown table, medians over the iterations, and as a plot. */
final class KernelReport {

  private static final List<Variant> PEERS = List.of(Variant.ONNXRUNTIME, Variant.PYTORCH);

  private final List<Measurement> measurements;
  private final List<Variant> variants;

  KernelReport(List<Measurement> measurements, List<Variant> variants) {
    this.measurements = measurements;
    this.variants = variants;
  }

  String table() {
    StringBuilder table = new StringBuilder("| network | batch | peak, GFLOP/s |");
    StringBuilder rule = new StringBuilder("|---|---:|---:|");
    for (Variant variant : variants) {
      table.append(' ').append(variant.label()).append(", us (of peak, best) |");
      rule.append("---:|");
    }
    for (Variant peer : comparedPeers()) {
      table.append(' ').append(peer.label()).append(" / vector |");
      rule.append("---:|");
    }
    table.append('\n').append(rule).append('\n');
    for (String shape : shapes()) {
      for (int rows : batches()) {
        appendRow(table, shape, rows);
      }
    }
    return table.toString();
  }

  private void appendRow(StringBuilder table, String shape, int rows) {
    List<Measurement> here = at(shape, rows);
    table.append(format("| %s | %d | %.0f |", shape, rows, median(here, Measurement::peak)));
    for (Variant variant : variants) {
      List<Measurement> own = select(here, m -> m.variant() == variant);
      table.append(
          format(
              " %.2f (%.2f, %.2f) |",
              median(own, Measurement::micros),
              median(own, Measurement::fractionOfPeak),
              own.stream().mapToDouble(Measurement::fractionOfPeak).max().orElse(Double.NaN)));
    }
    comparedPeers().forEach(peer -> table.append(format(" %.2f |", ratio(here, peer).median())));
    table.append('\n');
  }

  /** How much longer the peers take than our Vector API kernels; empty if either is missing. */
  Optional<String> plot() {
    if (comparedPeers().isEmpty()) {
      return Optional.empty();
    }
    List<RatioDots.Row> plotted = new ArrayList<>();
    for (String shape : shapes()) {
      for (int rows : batches()) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        comparedPeers().forEach(peer -> ratios.put(peer.label(), ratio(at(shape, rows), peer)));
        plotted.add(new RatioDots.Row(format("%s, batch %d", shape, rows), ratios));
      }
    }
    return Optional.of(new RatioDots("Time of a peer / time of vector", plotted).svg());
  }

  private List<Variant> comparedPeers() {
    return variants.contains(Variant.VECTOR)
        ? PEERS.stream().filter(variants::contains).toList()
        : List.of();
  }

  private List<String> shapes() {
    return measurements.stream().map(Measurement::shape).distinct().toList();
  }

  private int[] batches() {
    return measurements.stream().mapToInt(Measurement::rows).distinct().toArray();
  }

  private List<Measurement> at(String shape, int rows) {
    return select(measurements, m -> m.shape().equals(shape) && m.rows() == rows);
  }

  private static Spread ratio(List<Measurement> here, Variant peer) {
    List<Measurement> theirs = select(here, m -> m.variant() == peer);
    return Spread.of(theirs, m -> m.micros() / ours(here, m.iteration()));
  }

  /** Our time in an iteration: ratios are taken between neighbours in time. */
  private static double ours(List<Measurement> measurements, Iteration iteration) {
    return select(
            measurements, m -> m.variant() == Variant.VECTOR && m.iteration().equals(iteration))
        .get(0)
        .micros();
  }

  private static List<Measurement> select(
      List<Measurement> measurements, Predicate<Measurement> condition) {
    return measurements.stream().filter(condition).toList();
  }

  private static double median(
      List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
    return Spread.of(measurements, figure).median();
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
