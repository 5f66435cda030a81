package io.logitflow.benchmarks.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The measurements as a Markdown table: medians over the rounds. */
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
      table.append(' ').append(variant.label()).append(", us (of peak) |");
      rule.append("---:|");
    }
    for (Variant peer : PEERS) {
      if (compared(peer)) {
        table.append(' ').append(peer.label()).append(" / vector |");
        rule.append("---:|");
      }
    }
    table.append('\n').append(rule).append('\n');
    for (String shape : measurements.stream().map(Measurement::shape).distinct().toList()) {
      for (int rows : measurements.stream().mapToInt(Measurement::rows).distinct().toArray()) {
        appendRow(table, shape, rows);
      }
    }
    return table.toString();
  }

  private boolean compared(Variant peer) {
    return variants.contains(peer) && variants.contains(Variant.VECTOR);
  }

  private void appendRow(StringBuilder table, String shape, int rows) {
    List<Measurement> here = select(measurements, m -> m.shape().equals(shape) && m.rows() == rows);
    table.append(format("| %s | %d | %.0f |", shape, rows, median(here, Measurement::peak)));
    for (Variant variant : variants) {
      List<Measurement> own = select(here, m -> m.variant() == variant);
      table.append(
          format(
              " %.2f (%.2f) |",
              median(own, Measurement::micros), median(own, Measurement::fractionOfPeak)));
    }
    for (Variant peer : PEERS) {
      if (compared(peer)) {
        List<Measurement> theirs = select(here, m -> m.variant() == peer);
        table.append(format(" %.2f |", median(theirs, m -> m.micros() / ours(here, m.round()))));
      }
    }
    table.append('\n');
  }

  /** Our time in a round: ratios are taken between neighbours in time. */
  private static double ours(List<Measurement> measurements, int round) {
    return select(measurements, m -> m.variant() == Variant.VECTOR && m.round() == round)
        .get(0)
        .micros();
  }

  private static List<Measurement> select(
      List<Measurement> measurements, Predicate<Measurement> condition) {
    return measurements.stream().filter(condition).toList();
  }

  private static double median(
      List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
    double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
    double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
    return Arrays.stream(middle).average().orElse(Double.NaN);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
