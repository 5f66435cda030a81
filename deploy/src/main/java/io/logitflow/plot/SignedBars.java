package io.logitflow.plot;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.util.List;

/** Horizontal bars to both sides of 0, the first on top: red to the right, blue to the left. */
public final class SignedBars implements Figure {

  private static final int HEADING = 24;
  private static final int ROW = 18;
  private static final int BAR = 12;
  private static final int AXIS = 40;
  private static final int MARGIN = 10;
  private static final int TICK_DISTANCE = 48;
  private static final Color GRID = new Color(0xe0e0e0);

  private final String heading;
  private final String axisLabel;
  private final List<Bar> bars;
  private final double limit;
  private final int width;

  /**
   * A bar.
   *
   * @param label what it is of
   * @param value its length, finite
   */
  public record Bar(String label, double value) {}

  /**
   * Bars.
   *
   * @param axisLabel what the lengths are, with their unit
   * @param limit where the axis ends on both sides: the same for figures that are compared
   * @param width in pixels
   */
  public SignedBars(String heading, String axisLabel, List<Bar> bars, double limit, int width) {
    this.heading = heading;
    this.axisLabel = axisLabel;
    this.bars = List.copyOf(bars);
    this.limit = limit > 0 && Double.isFinite(limit) ? limit : 1;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return HEADING + bars.size() * ROW + AXIS;
  }

  @Override
  public void draw(Graphics2D graphics) {
    int labels = labelWidth(graphics);
    LinearAxis axis =
        new LinearAxis(-limit * 1.02, limit * 1.02, MARGIN + labels + MARGIN, width - 2 * MARGIN);
    graphics.setColor(Typeface.INK);
    Typeface.centred(
        graphics,
        heading,
        Typeface.HEADING,
        axis.pixel(0),
        HEADING - 9,
        2 * (width - axis.pixel(0)));
    drawAxis(graphics, axis);
    for (int i = 0; i < bars.size(); i++) {
      drawBar(graphics, axis, bars.get(i), labels, HEADING + i * ROW);
    }
    graphics.setColor(Typeface.FAINT);
    graphics.drawLine(axis.pixel(0), HEADING, axis.pixel(0), HEADING + bars.size() * ROW);
  }

  private int labelWidth(Graphics2D graphics) {
    graphics.setFont(Typeface.TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    int longest = bars.stream().mapToInt(bar -> metrics.stringWidth(bar.label())).max().orElse(0);
    return Math.min(longest, width * 2 / 5);
  }

  private void drawAxis(Graphics2D graphics, LinearAxis axis) {
    int bottom = HEADING + bars.size() * ROW;
    for (BigDecimal tick : axis.ticks(TICK_DISTANCE)) {
      int x = axis.pixel(tick.doubleValue());
      graphics.setColor(GRID);
      graphics.drawLine(x, HEADING, x, bottom);
      graphics.setColor(Typeface.FAINT);
      Typeface.centred(
          graphics, LinearAxis.text(tick), Typeface.SMALL, x, bottom + 13, TICK_DISTANCE);
    }
    graphics.setColor(Typeface.INK);
    int centre = axis.pixel(0);
    Typeface.centred(graphics, axisLabel, Typeface.TEXT, centre, bottom + 29, 2 * (width - centre));
  }

  private static void drawBar(Graphics2D graphics, LinearAxis axis, Bar bar, int labels, int top) {
    graphics.setFont(Typeface.TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    String label = Typeface.cut(bar.label(), metrics, labels);
    graphics.setColor(Typeface.INK);
    graphics.drawString(
        label,
        MARGIN + labels - metrics.stringWidth(label),
        top + ROW / 2 + metrics.getAscent() / 2 - 1);
    int zero = axis.pixel(0);
    int end = axis.pixel(bar.value());
    graphics.setColor(bar.value() < 0 ? ColourScale.NEGATIVE : ColourScale.POSITIVE);
    graphics.fillRect(
        Math.min(zero, end), top + (ROW - BAR) / 2, Math.max(1, Math.abs(end - zero)), BAR);
  }
}
