package io.logitflow.plot;

import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Says which line is which; entries flow into as many rows as they need. */
public final class Legend implements Figure {

  private static final int ROW = 18;
  private static final int SAMPLE = 26;
  private static final int GAP = 18;

  private static final BasicStroke SOLID = new BasicStroke(1.5f);
  private static final BasicStroke OVERALL =
      new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 4}, 0);
  private static final BasicStroke DOTTED =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 3}, 0);

  private final List<Line> lines;
  private final int width;
  private final int rows;

  /**
   * A legend.
   *
   * @param width in pixels
   */
  public Legend(List<Line> lines, int width) {
    this.lines = List.copyOf(lines);
    this.width = width;
    Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    this.rows = lay(nowhere, false);
    nowhere.dispose();
  }

  /** How a line of a kind is drawn. */
  static BasicStroke stroke(Line.Kind kind) {
    return kind == Line.Kind.MEASURED ? SOLID : DOTTED;
  }

  /** How the number of the whole time is drawn. */
  static BasicStroke overall() {
    return OVERALL;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return rows * ROW;
  }

  @Override
  public void draw(Graphics2D graphics) {
    lay(graphics, true);
  }

  /** Places the entries and returns the number of rows. */
  private int lay(Graphics2D graphics, boolean visible) {
    graphics.setFont(Typeface.TEXT);
    FontMetrics metrics = graphics.getFontMetrics();
    int x = 0;
    int row = 0;
    for (Line line : lines) {
      String label = Typeface.cut(line.label(), metrics, width - SAMPLE - 6);
      int length = SAMPLE + 6 + metrics.stringWidth(label);
      if (x > 0 && x + length > width) {
        x = 0;
        row++;
      }
      if (visible) {
        drawEntry(graphics, line, label, x, row * ROW + ROW / 2);
      }
      x += length + GAP;
    }
    return row + 1;
  }

  private static void drawEntry(Graphics2D graphics, Line line, String label, int x, int y) {
    graphics.setColor(Palette.of(line.index()));
    graphics.setStroke(stroke(line.kind()));
    graphics.drawLine(x, y, x + SAMPLE, y);
    if (line.kind() == Line.Kind.MEASURED) {
      Marker.of(line.index()).draw(graphics, x + SAMPLE / 2, y, Palette.of(line.index()), true);
    }
    graphics.setColor(Typeface.INK);
    graphics.setFont(Typeface.TEXT);
    graphics.drawString(label, x + SAMPLE + 6, y + 4);
  }
}
