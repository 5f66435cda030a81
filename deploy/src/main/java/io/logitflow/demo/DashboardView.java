package io.logitflow.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows a snapshot as a page of text, or as one line. */
final class DashboardView {
  private static final int SPARKLINE_WIDTH = 30;

  private final Glyphs glyphs;

  DashboardView(Glyphs glyphs) {
    this.glyphs = glyphs;
  }

  /** The page; always the same number of lines. */
  List<String> page(DemoSnapshot snapshot) {
    DemoSnapshot.Rates rates = snapshot.rates();
    return List.of(
        "Logitflow demo %s %s".formatted(glyphs.separator(), snapshot.title()),
        "%s of %s   %s"
            .formatted(
                clock(snapshot.elapsed()),
                clock(snapshot.duration()),
                switch (snapshot.phase()) {
                  case RUNNING -> "Ctrl-C stops";
                  case DRAINING -> "scoring what is left";
                }),
        "",
        "  records in    %11s /s  %s  %15s   lag %s"
            .formatted(
                count(rates.in()),
                glyphs.sparkline(rates.inHistory(), SPARKLINE_WIDTH),
                count(snapshot.input().sent()),
                millis(snapshot.input().lag().toMillis())),
        "  scored        %11s /s  %s  %15s   backlog %s"
            .formatted(
                count(rates.out()),
                glyphs.sparkline(rates.outHistory(), SPARKLINE_WIDTH),
                count(snapshot.output().scored()),
                count(snapshot.backlog())),
        "  micro-batch   %11s records".formatted(decimal(snapshot.microBatch())),
        "  latency       p50 %s, p99 %s in the last %d s"
            .formatted(
                millis(snapshot.latency().p50()),
                millis(snapshot.latency().p99()),
                LatencyWindow.WINDOW_SECONDS),
        "  accuracy      %s of %s labelled, %s in the last %d s"
            .formatted(
                percent(snapshot.accuracy()),
                count(snapshot.output().labelled()),
                percent(snapshot.recentAccuracy()),
                LatencyWindow.WINDOW_SECONDS),
        "  model         "
            + snapshot
                .model()
                .map(
                    model ->
                        "version %d, weights %s".formatted(model.version(), model.checksum()))
                .orElse("none yet"),
        "  dead letters  " + deadLetters(snapshot.output()),
        "",
        "  broker %s   web UI %s".formatted(snapshot.addresses().broker(), snapshot.addresses().webUi()),
        "  log %s".formatted(snapshot.addresses().log()));
  }

  /** One line, for output that is no terminal. */
  String line(DemoSnapshot snapshot) {
    return "%s  in %s/s  scored %s/s  backlog %s  micro-batch %s  p50 %s  p99 %s  accuracy %s  dead letters %s"
        .formatted(
            clock(snapshot.elapsed()),
            count(snapshot.rates().in()),
            count(snapshot.rates().out()),
            count(snapshot.backlog()),
            decimal(snapshot.microBatch()),
            millis(snapshot.latency().p50()),
            millis(snapshot.latency().p99()),
            percent(snapshot.accuracy()),
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
                "%s %s".formatted(entry.getKey().name().toLowerCase(Locale.ROOT), count(entry.getValue())))
        .collect(Collectors.joining(", ", count(all) + " (", ")"));
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String millis(double value) {
    return Double.isNaN(value) ? "-" : count(value) + " ms";
  }

  static String clock(Duration time) {
    return time.toHours() > 0
        ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
        : "%02d:%02d".formatted(time.toMinutesPart(), time.toSecondsPart());
  }

  private static String decimal(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
