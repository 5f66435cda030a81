package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FigureFileTest {

  private static final Figure BARS =
      new SignedBars(
          "Bag & <belt>",
          "weight",
          List.of(new SignedBars.Bar("above", 1), new SignedBars.Bar("below", -1)),
          1,
          300);

  @TempDir private Path dir;

  @Test
  void sameFigureIsWrittenAsSvgAndPngOfTheSameProportions() throws Exception {
    List<Path> files = FigureFile.write(BARS, dir, "bars");

    assertThat(files).containsExactly(dir.resolve("bars.svg"), dir.resolve("bars.png"));
    Element svg = parse(files.get(0)).getDocumentElement();
    assertThat(svg.getAttribute("width")).isEqualTo(Integer.toString(BARS.width()));
    assertThat(svg.getAttribute("height")).isEqualTo(Integer.toString(BARS.height()));
    assertThat(svg.getTextContent()).contains("Bag & <belt>", "above", "below", "weight", "-0.5");
    BufferedImage png = ImageIO.read(files.get(1).toFile());
    assertThat(png.getWidth()).isEqualTo(2 * BARS.width());
    assertThat(png.getHeight()).isEqualTo(2 * BARS.height());
    assertThat(colours(png)).contains(ColourScale.POSITIVE.getRGB(), ColourScale.NEGATIVE.getRGB());
  }

  @Test
  void writtenTwiceItIsTheSame() throws Exception {
    Files.createDirectories(dir.resolve("again"));
    List<Path> first = FigureFile.write(BARS, dir, "bars");
    List<Path> second = FigureFile.write(BARS, dir.resolve("again"), "bars");

    assertThat(second.get(0)).hasSameBinaryContentAs(first.get(0));
    assertThat(second.get(1)).hasSameBinaryContentAs(first.get(1));
  }

  @Test
  void pixelsOfAnImageHaveTheColoursOfTheirNumbers() throws Exception {
    ColourScale scale = ColourScale.diverging(1);
    double[] values = {-1, 0, 1, 0.4, -0.4, 1};
    Figure tile = new ImageTile("tile", values, new ImageShape(3, 2), scale, 60);
    Figure grid =
        new FigureGrid(
            "Templates", List.of(tile), Optional.of(new ColourBar(scale, "weight", 200)), 5);

    List<Path> files = FigureFile.write(grid, dir, "tiles");

    BufferedImage png = ImageIO.read(files.get(1).toFile());
    int[] centres = new int[values.length];
    int left = firstOf(png, scale.of(-1).getRGB()) % png.getWidth();
    int top = firstOf(png, scale.of(-1).getRGB()) / png.getWidth();
    for (int i = 0; i < values.length; i++) {
      centres[i] = png.getRGB(left + 20 + i % 3 * 40, top + 20 + i / 3 * 40);
    }
    for (int i = 0; i < values.length; i++) {
      assertThat(new Color(centres[i])).as("pixel %d", i).isEqualTo(scale.of(values[i]));
    }
    Element image = (Element) parse(files.get(0)).getElementsByTagName("image").item(0);
    assertThat(image.getAttribute("xlink:href")).startsWith("data:image/png;base64,");
    assertThat(image.getAttribute("width")).isEqualTo("60");
  }

  private static int firstOf(BufferedImage image, int rgb) {
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      if (image.getRGB(i % image.getWidth(), i / image.getWidth()) == rgb) {
        return i;
      }
    }
    throw new AssertionError("no pixel of colour " + Integer.toHexString(rgb));
  }

  private static List<Integer> colours(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .distinct()
        .boxed()
        .toList();
  }

  private static Document parse(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type names a page of the W3C, which is not to be fetched.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(file.toFile());
  }
}
