package io.logitflow.launcher.explain;

import io.logitflow.plot.ColourBar;
import io.logitflow.plot.ColourScale;
import io.logitflow.plot.Figure;
import io.logitflow.plot.FigureFile;
import io.logitflow.plot.FigureGrid;
import io.logitflow.plot.ImageShape;
import io.logitflow.plot.ImageTile;
import io.logitflow.plot.SignedBars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** An explanation as pictures. */
final class ExplanationPlots {

  private static final int BARS_WIDTH = 560;
  private static final int TILE_SIDE = 168;
  private static final int LEGEND_WIDTH = 320;

  private final Explanation explanation;
  private final double[] margin;

  ExplanationPlots(Explanation explanation) {
    this.explanation = explanation;
    this.margin = explanation.contributions().ofMargin(explanation.target(), explanation.rival());
  }

  /** Writes the largest contributions as bars; returns the files. */
  List<Path> writeBars(Path directory, int top) throws IOException {
    Files.createDirectories(directory);
    List<SignedBars.Bar> bars =
        explanation.topFeatures(top).stream()
            .map(i -> new SignedBars.Bar(explanation.names().of(i), margin[i]))
            .toList();
    SignedBars figure = new SignedBars(title(), axis(), bars, limit(margin), BARS_WIDTH);
    return FigureFile.write(figure, directory, "contributions");
  }

  /**
   * Writes the record as an image, beside it what each pixel contributes to both classes and to the
   * lead of one over the other; returns the files.
   */
  List<Path> writeImages(Path directory, ImageShape image) throws IOException {
    Files.createDirectories(directory);
    float[] features = explanation.record().features();
    double[] values = IntStream.range(0, features.length).mapToDouble(i -> features[i]).toArray();
    double[] target = explanation.contributions().ofClass(explanation.target());
    double[] rival = explanation.contributions().ofClass(explanation.rival());
    ColourScale grey =
        ColourScale.grey(
            DoubleStream.of(values).min().orElse(0), DoubleStream.of(values).max().orElse(1));
    ColourScale colours =
        ColourScale.diverging(Math.max(limit(margin), Math.max(limit(target), limit(rival))));
    List<Figure> tiles =
        List.of(
            new ImageTile("the record", values, image, grey, TILE_SIDE),
            new ImageTile("to " + explanation.targetName(), target, image, colours, TILE_SIDE),
            new ImageTile("to " + explanation.rivalName(), rival, image, colours, TILE_SIDE),
            new ImageTile("to the lead", margin, image, colours, TILE_SIDE));
    return FigureFile.write(
        new FigureGrid(
            title(),
            tiles,
            Optional.of(
                new ColourBar(colours, "contribution of a pixel to the logit", LEGEND_WIDTH)),
            tiles.size()),
        directory,
        "contribution-images");
  }

  private String title() {
    return "%s against %s".formatted(explanation.targetName(), explanation.rivalName());
  }

  private static String axis() {
    return "contribution to the lead: weight x (value - mean)";
  }

  private static double limit(double[] values) {
    return DoubleStream.of(values).map(Math::abs).max().orElse(0);
  }
}
