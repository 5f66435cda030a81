package io.logitflow.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Numbers as the pixels of an image, with a caption above it. */
public final class ImageTile implements Figure {

  private static final int CAPTION = 20;
  private static final int MARGIN = 6;

  private final String caption;
  private final double[] values;
  private final ImageShape shape;
  private final ColourScale colours;
  private final int pixel;

  /**
   * An image.
   *
   * @param values row by row from the top, as many as the shape has pixels
   * @param side length of its longer side in pixels of the figure, roughly
   */
  public ImageTile(
      String caption, double[] values, ImageShape shape, ColourScale colours, int side) {
    if (values.length != shape.pixels()) {
      throw new IllegalArgumentException(
          "%d values, expected %d for %s".formatted(values.length, shape.pixels(), shape));
    }
    this.caption = caption;
    this.values = values.clone();
    this.shape = shape;
    this.colours = colours;
    this.pixel = Math.max(1, Math.round((float) side / Math.max(shape.width(), shape.height())));
  }

  @Override
  public int width() {
    return shape.width() * pixel + 2 * MARGIN;
  }

  @Override
  public int height() {
    return shape.height() * pixel + CAPTION + MARGIN;
  }

  @Override
  public void draw(Graphics2D graphics) {
    graphics.setColor(Typeface.INK);
    Typeface.centred(graphics, caption, Typeface.HEADING, width() / 2, CAPTION - 6, width());
    int imageWidth = shape.width() * pixel;
    int imageHeight = shape.height() * pixel;
    // One image, not one rectangle for each pixel: an SVG would be a hundred times as large. It is
    // scaled here, as viewers blur small images.
    BufferedImage image = new BufferedImage(imageWidth, imageHeight, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < imageHeight; y++) {
      for (int x = 0; x < imageWidth; x++) {
        double value = values[y / pixel * shape.width() + x / pixel];
        image.setRGB(x, y, colours.of(value).getRGB());
      }
    }
    graphics.drawImage(image, MARGIN, CAPTION, null);
    graphics.setColor(Typeface.FAINT);
    graphics.drawRect(MARGIN - 1, CAPTION - 1, imageWidth + 1, imageHeight + 1);
  }
}
