package io.logitflow.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SimpleImageHandler;
import org.w3c.dom.Document;

/**
 * Writes figures to files: the same figure as SVG, for pages and papers, and as PNG. The same
 * figure gives the same bytes on the same machine: nothing in them depends on the time.
 */
public final class FigureFile {

  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Pixels of a PNG for each pixel of the figure, for screens of high resolution. */
  private static final int PNG_SCALE = 2;

  static {
    // Before the first class of AWT: no display is needed, and none is asked for.
    System.setProperty("java.awt.headless", "true");
  }

  private FigureFile() {}

  /**
   * Writes {@code NAME.svg} and {@code NAME.png}, replacing them.
   *
   * @param directory an existing directory
   * @return the files, SVG first
   * @throws IOException if they cannot be written, or if this machine has no fonts
   */
  public static List<Path> write(Figure figure, Path directory, String name) throws IOException {
    Path svg = directory.resolve(name + ".svg");
    Path png = directory.resolve(name + ".png");
    Typeface.require();
    writeSvg(figure, svg);
    writePng(figure, png);
    return List.of(svg, png);
  }

  /**
   * The figure as SVG.
   *
   * @throws IOException if this machine has no fonts
   */
  public static String svg(Figure figure) throws IOException {
    Typeface.require();
    StringWriter text = new StringWriter();
    writeSvg(figure, text);
    return text.toString();
  }

  private static void writeSvg(Figure figure, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writeSvg(figure, writer);
    }
  }

  private static void writeSvg(Figure figure, Writer writer) throws IOException {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment("Logitflow");
    context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedPng()));
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(figure.width(), figure.height()));
    paint(figure, graphics);
    graphics.stream(writer, true);
  }

  private static void writePng(Figure figure, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            figure.width() * PNG_SCALE, figure.height() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    paint(figure, graphics);
    graphics.dispose();
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException(file + ": this Java cannot write PNG");
    }
  }

  private static void paint(Figure figure, Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, figure.width(), figure.height());
    figure.draw(graphics);
  }

  private static Document document() throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IOException("this Java cannot make XML: " + e.getMessage(), e);
    }
  }
}
