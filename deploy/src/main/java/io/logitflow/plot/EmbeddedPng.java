package io.logitflow.plot;

import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGraphics2DIOException;

/** Puts images into an SVG with the PNG writer of the JDK: Batik's own is another library. */
final class EmbeddedPng extends ImageHandlerBase64Encoder {

  @Override
  public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new SVGGraphics2DIOException("cannot encode an image of the figure", e);
    }
  }
}
