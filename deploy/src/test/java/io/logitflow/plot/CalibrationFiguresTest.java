package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationFiguresTest {

  private static final Instant NINE = Instant.parse("2026-01-31T09:00:00Z");

  @TempDir private Path dir;

  @Test
  void theReliabilityDiagramShowsBinsIntervalsAndNotes() throws Exception {
    Figure figure =
        new ReliabilityDiagram(
            "m version 1",
            List.of(
                new ReliabilityDiagram.Bin(
                    0, 0.5, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                new ReliabilityDiagram.Bin(0.5, 1, 40, 0.75, 0.5, 0.35, 0.65)),
            List.of("n = 40"));

    List<Path> files = FigureFile.write(figure, dir, "reliability");

    assertThat(Files.readString(files.get(0)))
        .contains("m version 1", "n = 40", "confidence", "accuracy", "predictions", "perfect");
    BufferedImage png = ImageIO.read(files.get(1).toFile());
    // The diagram is 360 pixels wide and high from (70, 34) on, at twice the size in the PNG.
    assertThat(new Color(png.getRGB(2 * (70 + 300), 2 * (34 + 250))))
        .isEqualTo(Palette.pale(Palette.of(0), 0.35));
    assertThat(new Color(png.getRGB(2 * (70 + 60), 2 * (34 + 330)))).isEqualTo(Color.WHITE);
    assertThat(new Color(png.getRGB(2 * (70 + 270), 2 * (34 + 180)))).isEqualTo(Palette.of(0));
  }

  @Test
  void pointsThatMayStillChangeAreHollow() throws Exception {
    Line line =
        new Line(
            "ECE",
            1,
            Line.Kind.MEASURED,
            List.of(
                new Line.Point(NINE.plusSeconds(60), 0.1, true),
                new Line.Point(NINE.plusSeconds(120), Double.NaN, true),
                new Line.Point(NINE.plusSeconds(180), 0.1, false)),
            Double.NaN);
    TimeSeries figure =
        new TimeSeries(
            "heading",
            "value",
            List.of(line),
            NINE,
            NINE.plusSeconds(240),
            0,
            0.2,
            new TimeSeries.Size(484, 272));

    List<Path> files = FigureFile.write(figure, dir, "series");

    assertThat(Files.readString(files.get(0))).contains("heading", "value", "2026-01-31, UTC");
    BufferedImage png = ImageIO.read(files.get(1).toFile());
    int y = rowOf(png, Palette.of(1));
    assertThat(new Color(png.getRGB(2 * (64 + 100), y))).isEqualTo(Palette.of(1));
    assertThat(new Color(png.getRGB(2 * (64 + 300), y))).isEqualTo(Color.WHITE);
    assertThat(new Color(png.getRGB(2 * (64 + 200), y))).isNotEqualTo(Palette.of(1));
  }

  @Test
  void countsAreWrittenIntoCellsOfTheColourOfTheirShare() throws Exception {
    Figure figure =
        new CountMatrix(
            "Confusion",
            "true class",
            "predicted class",
            List.of("cat", "dog"),
            new long[][] {{30, 10}, {0, 4711}});

    List<Path> files = FigureFile.write(figure, dir, "matrix");

    assertThat(Files.readString(files.get(0)))
        .contains("30", "10", "4711", "cat", "dog", "true class", "predicted class");
    BufferedImage png = ImageIO.read(files.get(1).toFile());
    Set<Integer> colours = new TreeSet<>();
    for (int i = 0; i < png.getWidth() * png.getHeight(); i++) {
      colours.add(png.getRGB(i % png.getWidth(), i / png.getWidth()));
    }
    ColourScale scale = ColourScale.sequential(0, 1);
    assertThat(colours)
        .contains(scale.of(0.75).getRGB(), scale.of(0.25).getRGB(), scale.of(1).getRGB());
  }

  @Test
  void theLegendTakesAsManyRowsAsItNeeds() {
    Line line = new Line("a label of some length", 0, Line.Kind.MEASURED, List.of(), Double.NaN);

    assertThat(new Legend(List.of(line, line, line), 1000).height())
        .isLessThan(new Legend(List.of(line, line, line), 200).height());
  }

  /** The middle of the pixels of a colour in the column of the first point. */
  private static int rowOf(BufferedImage png, Color colour) {
    int first = -1;
    int last = -1;
    for (int y = 0; y < png.getHeight(); y++) {
      if (png.getRGB(2 * (64 + 100), y) == colour.getRGB()) {
        first = first < 0 ? y : first;
        last = y;
      }
    }
    return (first + last) / 2;
  }
}
