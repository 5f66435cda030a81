package io.logitflow.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.io.IOException;

/** The lettering of all figures. */
final class Typeface {

  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
  static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);

  static final Color INK = new Color(0x222222);
  static final Color FAINT = new Color(0x666666);

  private static final String ELLIPSIS = "...";

  private Typeface() {}

  /**
   * Requires that text can be drawn.
   *
   * @throws IOException if Java finds no fonts, or not the libraries that read them
   */
  static void require() throws IOException {
    try {
      TEXT.getStringBounds("M", new FontRenderContext(null, true, true));
    } catch (LinkageError | InternalError | RuntimeException e) {
      // What is thrown depends on the JDK and on what is missing: libfreetype, libfontconfig,
      // fonts.
      throw new IOException(
          "this machine has no fonts for Java to draw text with (%s): install them, for instance"
                  .formatted(e)
              + " `apt-get install fontconfig fonts-dejavu-core` on Debian or Ubuntu,"
              + " `apk add fontconfig ttf-dejavu` on Alpine",
          e);
    }
  }

  /** Draws a line of text around x, cut to a width. */
  static void centred(Graphics2D graphics, String text, Font font, int x, int baseline, int width) {
    graphics.setFont(font);
    FontMetrics metrics = graphics.getFontMetrics();
    String cut = cut(text, metrics, width);
    graphics.drawString(cut, x - metrics.stringWidth(cut) / 2, baseline);
  }

  /** Draws a line of text that ends at x. */
  static void right(Graphics2D graphics, String text, Font font, int x, int baseline) {
    graphics.setFont(font);
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), baseline);
  }

  /** Draws a line of text that runs upwards, around y, cut to a length. */
  static void upwards(Graphics2D graphics, String text, Font font, int x, int y, int length) {
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.translate(x, y);
    turned.rotate(-Math.PI / 2);
    centred(turned, text, font, 0, 0, length);
    turned.dispose();
  }

  /** A text that fits a width, with dots if it had to be cut. */
  static String cut(String text, FontMetrics metrics, int width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int length = text.length();
    while (length > 0 && metrics.stringWidth(text.substring(0, length) + ELLIPSIS) > width) {
      length--;
    }
    return text.substring(0, length) + ELLIPSIS;
  }
}
