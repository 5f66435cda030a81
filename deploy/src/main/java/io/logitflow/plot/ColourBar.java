package io.logitflow.plot;

import java.awt.Graphics2D;
import java.util.Locale;

/** The legend of a colour scale: a bar with the numbers at its ends and in its middle. */
public final class ColourBar implements Figure {

  private static final int BAR_HEIGHT = 12;
  private static final int MARGIN = 30;
  private static final int HEIGHT = 50;

  private final ColourScale colours;
  private final String label;
  private final int width;

  /**
   * A legend.
   *
   * @param label what the numbers are
   * @param width in pixels
   */
  public ColourBar(ColourScale colours, String label, int width) {
    this.colours = colours;
    this.label = label;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void draw(Graphics2D graphics) {
    int length = width - 2 * MARGIN;
    for (int x = 0; x < length; x += 2) {
      double share = (x + 1.0) / length;
      graphics.setColor(colours.of(colours.from() + share * (colours.to() - colours.from())));
      graphics.fillRect(MARGIN + x, 2, Math.min(2, length - x), BAR_HEIGHT);
    }
    graphics.setColor(Typeface.FAINT);
    graphics.drawRect(MARGIN - 1, 1, length + 1, BAR_HEIGHT + 1);
    graphics.setColor(Typeface.INK);
    number(graphics, colours.from(), MARGIN);
    number(graphics, (colours.from() + colours.to()) / 2, width / 2);
    number(graphics, colours.to(), width - MARGIN);
    Typeface.centred(graphics, label, Typeface.TEXT, width / 2, HEIGHT - 6, width);
  }

  private static void number(Graphics2D graphics, double value, int x) {
    Typeface.centred(
        graphics, String.format(Locale.ROOT, "%.3g", value), Typeface.SMALL, x, 27, 2 * MARGIN);
  }
}
