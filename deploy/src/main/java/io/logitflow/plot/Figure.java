package io.logitflow.plot;

import java.awt.Graphics2D;

/** Something that can be drawn. Drawn twice, it is the same both times. */
public interface Figure {

  /** Width in pixels. */
  int width();

  /** Height in pixels. */
  int height();

  /**
   * Draws the figure from (0, 0) to its width and height; the background is there already.
   *
   * @param graphics may be left in any state
   */
  void draw(Graphics2D graphics);
}
