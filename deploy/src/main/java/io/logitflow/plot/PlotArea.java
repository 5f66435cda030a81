package io.logitflow.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;

/**
 * The rectangle in which numbers are drawn, with its grid, ticks and axis titles.
 *
 * @param left in pixels
 * @param top in pixels
 * @param right in pixels
 * @param bottom in pixels
 */
record PlotArea(int left, int top, int right, int bottom) {

  private static final Color GRID = new Color(0xe0e0e0);
  private static final int TICK = 4;

  int width() {
    return right - left;
  }

  int height() {
    return bottom - top;
  }

  /** Draws vertical lines, and their texts below the area. */
  void drawBelow(Graphics2D graphics, List<Tick> ticks, int distance) {
    for (Tick tick : ticks) {
      graphics.setColor(GRID);
      graphics.drawLine(tick.pixel(), top, tick.pixel(), bottom);
      graphics.setColor(Typeface.FAINT);
      graphics.drawLine(tick.pixel(), bottom, tick.pixel(), bottom + TICK);
      Typeface.centred(
          graphics, tick.text(), Typeface.TEXT, tick.pixel(), bottom + TICK + 13, distance);
    }
  }

  /** Draws horizontal lines, and their texts at the left of the area. */
  void drawLeft(Graphics2D graphics, List<Tick> ticks) {
    for (Tick tick : ticks) {
      graphics.setColor(GRID);
      graphics.drawLine(left, tick.pixel(), right, tick.pixel());
      graphics.setColor(Typeface.FAINT);
      graphics.drawLine(left - TICK, tick.pixel(), left, tick.pixel());
      Typeface.right(graphics, tick.text(), Typeface.TEXT, left - TICK - 3, tick.pixel() + 4);
    }
  }

  /** Draws the title of the vertical axis at the left of its texts. */
  void drawLeftTitle(Graphics2D graphics, String title, int x) {
    graphics.setColor(Typeface.INK);
    Typeface.upwards(graphics, title, Typeface.TEXT, x, (top + bottom) / 2, height() + 40);
  }

  /** Draws the title of the horizontal axis below its texts. */
  void drawBelowTitle(Graphics2D graphics, String title) {
    graphics.setColor(Typeface.INK);
    Typeface.centred(
        graphics, title, Typeface.TEXT, (left + right) / 2, bottom + 34, width() + left);
  }

  /** Draws the edges, last of all. */
  void drawFrame(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(Typeface.FAINT);
    graphics.drawRect(left, top, width(), height());
  }
}
