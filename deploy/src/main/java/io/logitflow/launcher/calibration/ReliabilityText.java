package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationMetrics.Bin;
import io.logitflow.console.Glyphs;
import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reliability diagram as text: a bar for each bin of confidences. */
public final class ReliabilityText {

  private static final int WIDTH = 50;
  private static final String LINE = "%-11s %10s %6s %6s  %s";

  private ReliabilityText() {}

  /** The diagram, at most 100 columns wide. */
  public static List<String> diagram(CalibrationMetrics metrics, Glyphs glyphs) {
    List<String> lines = new ArrayList<>();
    lines.add(
        LINE.formatted(
            "CONFIDENCE",
            "LABELLED",
            "SAYS %",
            "IS %",
            "0" + " ".repeat(WIDTH / 2 - 2) + "50" + " ".repeat(WIDTH / 2 - 4) + "100"));
    for (Bin bin : metrics.binTable()) {
      boolean empty = bin.count() == 0;
      lines.add(
          LINE.formatted(
                  range(bin),
                  Quantity.count(bin.count()),
                  Quantity.perCent(bin.meanConfidence()),
                  Quantity.perCent(bin.accuracy()),
                  empty ? "" : bar(bin, glyphs))
              .stripTrailing());
    }
    lines.add(
        "%c accuracy, %c%c its 95%% interval, %c mean confidence, which is to stand where the bar ends"
            .formatted(glyphs.solid(), glyphs.dark(), glyphs.light(), glyphs.mark()));
    return lines;
  }

  /** Everything that is known of each bin. */
  static List<String> bins(CalibrationMetrics metrics) {
    TextTable table =
        new TextTable(
            List.of(
                "CONFIDENCE",
                " LABELLED",
                " MEAN CONFIDENCE",
                " ACCURACY",
                " WILSON 95%",
                " ANYTIME 95%",
                " GAP"));
    for (Bin bin : metrics.binTable()) {
      table.add(
          List.of(
              range(bin),
              Quantity.count(bin.count()),
              Quantity.fraction(bin.meanConfidence()),
              Quantity.fraction(bin.accuracy()),
              interval(bin.wilson().lower(), bin.wilson().upper()),
              interval(bin.anytime().lower(), bin.anytime().upper()),
              Quantity.fraction(bin.meanConfidence() - bin.accuracy())));
    }
    return table.lines();
  }

  private static String range(Bin bin) {
    return String.format(Locale.ROOT, "%.3f-%.3f", bin.lower(), bin.upper());
  }

  private static String interval(double lower, double upper) {
    return Double.isNaN(lower)
        ? "-"
        : "%s-%s".formatted(Quantity.fraction(lower), Quantity.fraction(upper));
  }

  private static String bar(Bin bin, Glyphs glyphs) {
    char[] cells = " ".repeat(WIDTH + 1).toCharArray();
    fill(cells, 0, bin.wilson().lower(), glyphs.solid());
    fill(cells, bin.wilson().lower(), bin.accuracy(), glyphs.dark());
    fill(cells, bin.accuracy(), bin.wilson().upper(), glyphs.light());
    cells[place(bin.meanConfidence())] = glyphs.mark();
    return new String(cells).stripTrailing();
  }

  private static void fill(char[] cells, double from, double to, char glyph) {
    for (int i = place(from); i < place(to); i++) {
      cells[i] = glyph;
    }
  }

  private static int place(double share) {
    return (int) Math.round(share * WIDTH);
  }
}
