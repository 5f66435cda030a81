package io.logitflow.benchmarks.plot;

import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latency over percentile: a curve per variant. Both axes are logarithmic, the one of the
 * percentiles in what is left to 100 %, so that each further nine takes as much room as the one
 * before.
 */
public final class PercentileCurves {

  private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 99.99};
  private static final double LAST_NINES = 4;
  private static final int STEPS = 200;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 320;
  private static final int LEGEND = 140;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String title;
  private final Map<String, Histogram> curves;
  private final int leastDecade;
  private final int decades;

  /**
   * Creates a plot.
   *
   * @param curves latencies in ns by the name of the variant, in the order of the legend
   */
  public PercentileCurves(String title, Map<String, Histogram> curves) {
    this.title = title;
    this.curves = curves;
    double least = curves.values().stream().mapToDouble(c -> millis(c, 0)).min().orElse(1);
    double greatest =
        curves.values().stream().mapToDouble(c -> millis(c, LAST_NINES)).max().orElse(1);
    this.leastDecade = (int) Math.floor(Math.log10(least));
    this.decades = Math.max(1, (int) Math.ceil(Math.log10(greatest)) - leastDecade);
  }

  /** The plot as SVG. */
  public String svg() {
    Svg svg = new Svg(LEFT + WIDTH + LEGEND, TOP + HEIGHT + 50);
    svg.title(LEFT, 24, title);
    for (double percentile : PERCENTILES) {
      double x = x(-Math.log10(1 - percentile / 100));
      svg.line(x, TOP, x, TOP + HEIGHT, Svg.GRID);
      String label = String.format(Locale.ROOT, "%s %%", percentile).replace(".0 %", " %");
      svg.text(x, TOP + HEIGHT + Svg.LINE, Svg.Anchor.MIDDLE, Svg.INK, label);
    }
    for (int decade = leastDecade; decade <= leastDecade + decades; decade++) {
      double millis = Math.pow(10, decade);
      svg.line(LEFT, y(millis), LEFT + WIDTH, y(millis), Svg.GRID);
      String label = String.format(Locale.ROOT, "%." + Math.max(0, -decade) + "f", millis);
      svg.text(LEFT - 6, y(millis) + 4, Svg.Anchor.END, Svg.INK, label);
    }
    svg.text(LEFT, TOP + HEIGHT + 2 * Svg.LINE, Svg.Anchor.START, Svg.INK, "records, percent");
    svg.text(8, TOP - 6, Svg.Anchor.START, Svg.INK, "ms");
    int number = 0;
    for (Map.Entry<String, Histogram> curve : curves.entrySet()) {
      String colour = Svg.colour(number++);
      svg.curve(places(curve.getValue()), colour);
      svg.text(
          LEFT + WIDTH + 12, TOP + Svg.LINE * number, Svg.Anchor.START, colour, curve.getKey());
    }
    return svg.end();
  }

  private double[] places(Histogram histogram) {
    double[] places = new double[2 * (STEPS + 1)];
    for (int step = 0; step <= STEPS; step++) {
      double nines = LAST_NINES * step / STEPS;
      places[2 * step] = x(nines);
      places[2 * step + 1] = y(millis(histogram, nines));
    }
    return places;
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
