package io.logitflow.benchmarks.plot;

import io.logitflow.benchmarks.Spread;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Ratios to the right and the left of 1: a row for each setting, with a line for each variant in a
 * colour of its own, a bar from 1 to its median and a dot for each round. The axis is logarithmic,
 * so twice and half are as far from 1.
 */
public final class RatioDots {

  private static final int MARGIN = 12;
  private static final int TOP = 40;
  private static final int WIDTH = 480;
  private static final int BAR = 8;
  private static final int VARIANT = 12;
  private static final int GAP = 8;
  private static final int CHARACTER = 7;
  private static final double RADIUS = 2.5;
  private static final int TICK_DISTANCE = 34;

  /** What ticks there are in a decade: the first of these whose labels do not touch. */
  private static final List<List<Double>> STEPS =
      List.of(
          List.of(1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0),
          List.of(1.0, 1.5, 2.0, 3.0, 5.0),
          List.of(1.0, 2.0, 5.0),
          List.of(1.0));

  private final String title;
  private final List<String> variants;
  private final List<Row> rows;
  private final List<Double> ticks;
  private final int left;

  /**
   * The ratios of a setting.
   *
   * @param label what the setting is
   * @param ratios by variant; all above 0
   */
  public record Row(String label, Map<String, Spread> ratios) {}

  /** A plot of rows, the first on top. Variants are in the order in which they come up. */
  public RatioDots(String title, List<Row> rows) {
    this.title = title;
    this.rows = List.copyOf(rows);
    this.variants =
        rows.stream().flatMap(row -> row.ratios().keySet().stream()).distinct().toList();
    double[] ratios =
        rows.stream()
            .flatMap(row -> row.ratios().values().stream())
            .flatMapToDouble(spread -> spread.values().stream().mapToDouble(Double::doubleValue))
            .toArray();
    double least = Math.min(1, DoubleStream.of(ratios).min().orElse(1));
    double greatest = Math.max(1, DoubleStream.of(ratios).max().orElse(1));
    this.ticks =
        STEPS.stream()
            .map(steps -> ticks(steps, least, greatest))
            .filter(RatioDots::haveRoom)
            .findFirst()
            .orElseGet(() -> ticks(STEPS.get(STEPS.size() - 1), least, greatest));
    this.left =
        2 * MARGIN
            + CHARACTER * rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
  }

  /** From the last tick that is not above the least ratio to the first that is above them all. */
  private static List<Double> ticks(List<Double> steps, double least, double greatest) {
    List<Double> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(least)); ; decade++) {
      for (double step : steps) {
        double tick = BigDecimal.valueOf(step).scaleByPowerOfTen(decade).doubleValue();
        if (tick <= least) {
          ticks.clear();
        }
        ticks.add(tick);
        if (tick > greatest) {
          return ticks;
        }
      }
    }
  }

  private static boolean haveRoom(List<Double> ticks) {
    return IntStream.range(1, ticks.size())
        .allMatch(i -> x(ticks, ticks.get(i)) - x(ticks, ticks.get(i - 1)) >= TICK_DISTANCE);
  }

  /** How far to the right of the left end a ratio is. */
  private static double x(List<Double> ticks, double ratio) {
    double from = ticks.get(0);
    double to = ticks.get(ticks.size() - 1);
    return WIDTH * Math.log(ratio / from) / Math.log(to / from);
  }

  /** The plot as SVG. */
  public String svg() {
    int rowHeight = GAP + VARIANT * variants.size();
    int bottom = TOP + rowHeight * rows.size();
    Svg svg =
        new Svg(
            left + WIDTH + MARGIN, bottom + 2 * Svg.LINE + Svg.LINE * variants.size() + MARGIN / 2);
    svg.title(left, 24, title);
    for (double tick : ticks) {
      svg.line(x(tick), TOP, x(tick), bottom, Svg.GRID);
      String label = BigDecimal.valueOf(tick).stripTrailingZeros().toPlainString();
      svg.text(x(tick), bottom + Svg.LINE, Svg.Anchor.MIDDLE, Svg.INK, label);
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), TOP + i * rowHeight, rowHeight);
    }
    svg.line(x(1), TOP, x(1), bottom, Svg.INK);
    for (int i = 0; i < variants.size(); i++) {
      double y = bottom + Svg.LINE * (i + 2.3);
      svg.bar(left, left + 2 * BAR, y - BAR, BAR, Svg.colour(i + 1));
      svg.text(left + 3 * BAR, y, Svg.Anchor.START, Svg.INK, variants.get(i));
    }
    return svg.end();
  }

  private void row(Svg svg, Row row, int top, int height) {
    svg.text(left - MARGIN, top + height / 2.0 + 4, Svg.Anchor.END, Svg.INK, row.label());
    for (int i = 0; i < variants.size(); i++) {
      Spread spread = row.ratios().getOrDefault(variants.get(i), new Spread(List.of()));
      if (!spread.values().isEmpty()) {
        double y = top + GAP / 2.0 + VARIANT * (i + 0.5);
        svg.bar(x(1), x(spread.median()), y - BAR / 2.0, BAR, Svg.colour(i + 1));
        spread.values().forEach(value -> svg.circle(x(value), y, RADIUS, Svg.INK));
      }
    }
  }

  private double x(double ratio) {
    return left + x(ticks, ratio);
  }
}
