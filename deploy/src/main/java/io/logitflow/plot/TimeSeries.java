package io.logitflow.plot;

import java.awt.Graphics2D;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;

/** Lines over time on common axes. */
public final class TimeSeries implements Figure {

  private static final int HEADING = 26;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int BELOW = 46;
  private static final int TIME_DISTANCE = 62;
  private static final int VALUE_DISTANCE = 26;

  private final String heading;
  private final String valueTitle;
  private final List<Line> lines;
  private final Instant from;
  private final Instant to;
  private final Size size;
  private final LinearAxis values;
  private final PlotArea area;

  /** Width and height in pixels. */
  public record Size(int width, int height) {}

  /**
   * A figure.
   *
   * @param valueTitle title of the vertical axis
   * @param lines at least one
   * @param from where the time axis begins
   * @param to where it ends, after {@code from}
   * @param lowest where the vertical axis begins at the latest, for instance 0; NaN: wherever the
   *     lines do
   * @param highest where it ends at the earliest; NaN: wherever the lines do
   */
  public TimeSeries(
      String heading,
      String valueTitle,
      List<Line> lines,
      Instant from,
      Instant to,
      double lowest,
      double highest,
      Size size) {
    this.heading = heading;
    this.valueTitle = valueTitle;
    this.lines = List.copyOf(lines);
    this.from = from;
    this.to = to;
    this.size = size;
    this.area = new PlotArea(LEFT, HEADING, size.width() - RIGHT, size.height() - BELOW);
    this.values = values(numbers(lowest, highest).toArray(), lowest, area);
  }

  @Override
  public int width() {
    return size.width();
  }

  @Override
  public int height() {
    return size.height();
  }

  @Override
  public void draw(Graphics2D graphics) {
    TimeAxis times = new TimeAxis(from, to, area.left(), area.right());
    graphics.setColor(Typeface.INK);
    Typeface.centred(
        graphics, heading, Typeface.HEADING, (area.left() + area.right()) / 2, 16, area.width());
    area.drawBelow(graphics, times.ticks(TIME_DISTANCE), TIME_DISTANCE);
    area.drawLeft(graphics, values.labels(VALUE_DISTANCE));
    area.drawLeftTitle(graphics, valueTitle, 15);
    area.drawBelowTitle(graphics, times.title());
    for (Line line : lines) {
      drawOverall(graphics, line);
      drawLine(graphics, line, point -> times.pixel(point.time()));
    }
    area.drawFrame(graphics);
  }

  private void drawOverall(Graphics2D graphics, Line line) {
    if (!Double.isNaN(line.overall())) {
      int y = values.pixel(line.overall());
      graphics.setColor(Palette.of(line.index()));
      graphics.setStroke(Legend.overall());
      graphics.drawLine(area.left(), y, area.right(), y);
    }
  }

  private void drawLine(Graphics2D graphics, Line line, ToIntFunction<Line.Point> x) {
    graphics.setColor(Palette.of(line.index()));
    graphics.setStroke(Legend.stroke(line.kind()));
    Line.Point before = null;
    for (Line.Point point : line.points()) {
      if (before != null && !Double.isNaN(before.value()) && !Double.isNaN(point.value())) {
        graphics.drawLine(
            x.applyAsInt(before),
            values.pixel(before.value()),
            x.applyAsInt(point),
            values.pixel(point.value()));
      }
      before = point;
    }
    if (line.kind() == Line.Kind.EXPECTED) {
      return;
    }
    for (Line.Point point : line.points()) {
      if (!Double.isNaN(point.value())) {
        Marker.of(line.index())
            .draw(
                graphics,
                x.applyAsInt(point),
                values.pixel(point.value()),
                Palette.of(line.index()),
                point.complete());
      }
    }
  }

  private DoubleStream numbers(double lowest, double highest) {
    DoubleStream drawn =
        lines.stream()
            .flatMapToDouble(
                line ->
                    DoubleStream.concat(
                        DoubleStream.of(line.overall()),
                        line.points().stream().mapToDouble(Line.Point::value)));
    return DoubleStream.concat(DoubleStream.of(lowest, highest), drawn).filter(Double::isFinite);
  }

  /** An axis with some air above the lines and, unless it begins where it is told to, below. */
  private static LinearAxis values(double[] numbers, double lowest, PlotArea area) {
    double least = DoubleStream.of(numbers).min().orElse(0);
    double largest = DoubleStream.of(numbers).max().orElse(1);
    double air = largest > least ? 0.06 * (largest - least) : Math.max(1e-3, 0.1 * largest);
    return new LinearAxis(
        least == lowest ? least : least - air, largest + air, area.bottom(), area.top());
  }
}
