package io.logitflow.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;

/** Shapes of points, so that lines can be told apart without colours. */
enum Marker {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND;

  private static final int RADIUS = 3;

  /** The shape of the i-th line, from 0. */
  static Marker of(int i) {
    return values()[i % values().length];
  }

  /**
   * Draws the shape around a place.
   *
   * @param filled a shape that is not filled stands for something preliminary
   */
  void draw(Graphics2D graphics, int x, int y, Color colour, boolean filled) {
    Shape shape = shape(x, y);
    graphics.setColor(filled ? colour : Color.WHITE);
    graphics.fill(shape);
    graphics.setStroke(new BasicStroke(1.2f));
    graphics.setColor(colour);
    graphics.draw(shape);
  }

  private Shape shape(int x, int y) {
    int r = RADIUS;
    return switch (this) {
      case CIRCLE -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      case SQUARE -> new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r);
      case TRIANGLE ->
          new Polygon(new int[] {x - r - 1, x + r + 1, x}, new int[] {y + r, y + r, y - r - 1}, 3);
      case DIAMOND ->
          new Polygon(
              new int[] {x - r - 1, x, x + r + 1, x}, new int[] {y, y - r - 1, y, y + r + 1}, 4);
    };
  }
}
