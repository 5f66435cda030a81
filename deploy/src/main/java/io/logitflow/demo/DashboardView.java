package io.logitflow.demo;

import io.logitflow.console.Glyphs;
import io.logitflow.console.Quantity;
import io.logitflow.launcher.calibration.ReliabilityText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows a snapshot as a page of text, or as one line. */
final class DashboardView {
  private static final int SPARKLINE_WIDTH = 22;
  private static final String INDENT = "  ";

  private final Glyphs glyphs;

  DashboardView(Glyphs glyphs) {
    this.glyphs = glyphs;
  }

  /** The page, without the reliability diagram. */
  List<String> page(DemoSnapshot snapshot) {
    return page(snapshot, List.of());
  }

  /** The page with the reliability diagram of the newest version, if there is one. */
  List<String> pageWithDiagram(DemoSnapshot snapshot) {
    return page(
        snapshot,
        snapshot
            .calibration()
            .flatMap(CalibrationObservation::newest)
            .map(version -> ReliabilityText.diagram(version.metrics(), glyphs))
            .orElse(List.of()));
  }

  private List<String> page(DemoSnapshot snapshot, List<String> diagram) {
    List<String> lines = new ArrayList<>(scoring(snapshot));
    if (snapshot.calibration().isPresent()) {
      lines.add("");
      CalibrationView.block(snapshot.calibration().get(), snapshot.start())
          .forEach(line -> lines.add(INDENT + line));
    }
    if (!diagram.isEmpty()) {
      lines.add("");
      diagram.forEach(line -> lines.add(INDENT + line));
    }
    lines.add("");
    lines.addAll(addresses(snapshot));
    return lines;
  }

  private static List<String> addresses(DemoSnapshot snapshot) {
    DemoSnapshot.Addresses addresses = snapshot.addresses();
    List<String> lines = new ArrayList<>();
    lines.add("  broker %s   web UI %s".formatted(addresses.broker(), addresses.webUi()));
    lines.add("  log %s".formatted(addresses.log()));
    if (snapshot.calibration().isPresent()) {
      lines.add("  more: " + addresses.calibrationCommand());
    }
    return lines;
  }

  private List<String> scoring(DemoSnapshot snapshot) {
    DemoSnapshot.Rates rates = snapshot.rates();
    return List.of(
        "Logitflow demo %s %s".formatted(glyphs.separator(), snapshot.title()),
        "%s of %s   %s"
            .formatted(
                Quantity.clock(snapshot.elapsed()),
                Quantity.clock(snapshot.duration()),
                switch (snapshot.phase()) {
                  case RUNNING -> "Ctrl-C stops";
                  case DRAINING -> "scoring what is left";
                }),
        "",
        "  records in    %9s/s  %s  %13s   lag %s"
            .formatted(
                Quantity.rounded(rates.in()),
                glyphs.sparkline(rates.inHistory(), SPARKLINE_WIDTH),
                Quantity.count(snapshot.input().sent()),
                Quantity.millis((double) snapshot.input().lag().toMillis())),
        "  scored        %9s/s  %s  %13s   backlog %s"
            .formatted(
                Quantity.rounded(rates.out()),
                glyphs.sparkline(rates.outHistory(), SPARKLINE_WIDTH),
                Quantity.count(snapshot.output().scored()),
                Quantity.count(snapshot.backlog())),
        "  micro-batch   %s records".formatted(Quantity.decimal(snapshot.microBatch())),
        "  latency       p50 %s, p99 %s in the last %d s"
            .formatted(
                Quantity.millis(snapshot.latency().p50()),
                Quantity.millis(snapshot.latency().p99()),
                LatencyWindow.WINDOW_SECONDS),
        "  accuracy      %s of %s labelled, %s in the last %d s"
            .formatted(
                Quantity.percent(snapshot.accuracy()),
                Quantity.count(snapshot.output().labelled()),
                Quantity.percent(snapshot.recentAccuracy()),
                LatencyWindow.WINDOW_SECONDS),
        "  model         "
            + snapshot
                .model()
                .map(model -> "version %d, weights %s".formatted(model.version(), model.checksum()))
                .orElse("none yet"),
        "  dead letters  " + deadLetters(snapshot.output()));
  }

  /** One line, for output that is no terminal. */
  String line(DemoSnapshot snapshot) {
    return "%s  in %s/s  scored %s/s  backlog %s  micro-batch %s  p50 %s  p99 %s  accuracy %s, %s in the last %d s%s  dead letters %s"
        .formatted(
            Quantity.clock(snapshot.elapsed()),
            Quantity.rounded(snapshot.rates().in()),
            Quantity.rounded(snapshot.rates().out()),
            Quantity.count(snapshot.backlog()),
            Quantity.decimal(snapshot.microBatch()),
            Quantity.millis(snapshot.latency().p50()),
            Quantity.millis(snapshot.latency().p99()),
            Quantity.percent(snapshot.accuracy()),
            Quantity.percent(snapshot.recentAccuracy()),
            LatencyWindow.WINDOW_SECONDS,
            snapshot
                .calibration()
                .map(calibration -> "  ECE " + CalibrationView.ece(calibration))
                .orElse(""),
            deadLetters(snapshot.output()));
  }

  static String deadLetters(OutputObservation output) {
    long all = output.deadLetters().values().stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return "0";
    }
    return output.deadLetters().entrySet().stream()
        .map(
            entry ->
                "%s %s"
                    .formatted(
                        entry.getKey().name().toLowerCase(Locale.ROOT),
                        Quantity.count(entry.getValue())))
        .collect(Collectors.joining(", ", Quantity.count(all) + " (", ")"));
  }
}
