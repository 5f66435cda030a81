package io.logitflow.benchmarks.latency;

import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latency over percentile as an SVG: a curve per variant. Both axes are logarithmic, the one of the
 * percentiles in what is left to 100 %, so that each further nine takes as much room as the one
 * before.
 */
final class PercentileCurves {

  private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};
  private static final double LAST_NINES = 4;
  private static final double NINES_STEP = 0.02;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 320;
  private static final int LEGEND = 140;
  private static final int LINE = 18;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Okabe and Ito's colours, which those tell apart who see fewer of them. */
  private static final String[] COLOURS = {
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#0072b2", "#d55e00", "#cc79a7", "#999999"
  };

  private final String title;
  private final Map<String, Histogram> curves;
  private final int leastDecade;
  private final int decades;

  /**
   * Creates a plot.
   *
   * @param curves latencies in ns by the name of the variant, in the order of the legend
   */
  PercentileCurves(String title, Map<String, Histogram> curves) {
    this.title = title;
    this.curves = curves;
    double least = curves.values().stream().mapToDouble(c -> millis(c, 0)).min().orElse(1);
    double greatest =
        curves.values().stream().mapToDouble(c -> millis(c, LAST_NINES)).max().orElse(1);
    this.leastDecade = (int) Math.floor(Math.log10(least));
    this.decades = Math.max(1, (int) Math.ceil(Math.log10(greatest)) - leastDecade);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    append(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0"
            + " %1$d %2$d\" font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
            + " height=\"100%%\" fill=\"white\"/>%n",
        LEFT + WIDTH + LEGEND,
        TOP + HEIGHT + 50);
    append(svg, "<text x=\"%d\" y=\"24\" font-size=\"14\">%s</text>%n", LEFT, title);
    for (double percentile : PERCENTILES) {
      double x = x(-Math.log10(1 - percentile / 100));
      grid(svg, x, TOP, x, TOP + HEIGHT);
      String label = String.format(Locale.ROOT, "%s %%", percentile).replace(".0 %", " %");
      append(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
          x,
          TOP + HEIGHT + LINE,
          label);
    }
    for (int decade = leastDecade; decade <= leastDecade + decades; decade++) {
      double millis = Math.pow(10, decade);
      grid(svg, LEFT, y(millis), LEFT + WIDTH, y(millis));
      append(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
          LEFT - 6,
          y(millis) + 4,
          decade < 0 ? String.format(Locale.ROOT, "%." + -decade + "f", millis) : (long) millis);
    }
    append(
        svg,
        "<text x=\"%d\" y=\"%d\">records, percent</text>%n<text x=\"8\" y=\"%d\">ms</text>%n",
        LEFT,
        TOP + HEIGHT + 2 * LINE,
        TOP - 6);
    int number = 0;
    for (Map.Entry<String, Histogram> curve : curves.entrySet()) {
      curve(svg, curve.getKey(), curve.getValue(), number++);
    }
    return svg.append("</svg>\n").toString();
  }

  private void curve(StringBuilder svg, String name, Histogram histogram, int number) {
    String colour = COLOURS[number % COLOURS.length];
    StringBuilder points = new StringBuilder();
    for (double nines = 0; nines <= LAST_NINES; nines += NINES_STEP) {
      append(points, "%.1f,%.1f ", x(nines), y(millis(histogram, nines)));
    }
    append(
        svg,
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n",
        colour,
        points.toString().trim());
    append(
        svg,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
        LEFT + WIDTH + 12,
        TOP + LINE * (number + 1),
        colour,
        name);
  }

  private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
    append(
        svg,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
        x1,
        y1,
        x2,
        y2);
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  /** The latency that all but a share of {@code 10^-nines} did not exceed, at least 1 µs. */
  private static double millis(Histogram histogram, double nines) {
    double percentile = 100 * (1 - Math.pow(10, -nines));
    return Math.max(1e-3, histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
  }

  private static double x(double nines) {
    return LEFT + WIDTH * nines / LAST_NINES;
  }

  private double y(double millis) {
    return TOP + HEIGHT * (1 - (Math.log10(millis) - leastDecade) / decades);
  }
}
