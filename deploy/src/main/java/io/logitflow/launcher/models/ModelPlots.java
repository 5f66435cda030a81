package io.logitflow.launcher.models;

import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The weights and the templates of a model as pictures, in pages of a dozen classes or so. */
final class ModelPlots {

  /** Beyond it nobody looks, and the files would fill a disk; the tables have every class. */
  private static final int MAX_CLASSES = 240;

  private static final int BARS_ON_PAGE = 12;
  private static final int BARS_COLUMNS = 3;
  private static final int BARS_WIDTH = 340;
  private static final int TEMPLATES_ON_PAGE = 20;
  private static final int TEMPLATES_COLUMNS = 5;
  private static final int TEMPLATE_SIDE = 112;
  private static final int LEGEND_WIDTH = 320;

  private final Model model;
  private final LinearView view;
  private final FeatureNames names;
  private final int drawn;
  private final double limit;

  ModelPlots(Model model, LinearView view, FeatureNames names) {
    this.model = model;
    this.view = view;
    this.names = names;
    this.drawn = Math.min(MAX_CLASSES, view.classCount());
    this.limit =
        IntStream.range(0, drawn)
            .mapToDouble(k -> DoubleStream.of(view.template(k)).map(Math::abs).max().orElse(0))
            .max()
            .orElse(0);
  }

  /** What the numbers are. */
  static String unit(Model model) {
    return model.normaliser().isPresent()
        ? "weight x scale: logit per standard deviation"
        : "weight: logit per unit of the feature";
  }

  /** Writes the features of largest weight of each class as bars; returns the files. */
  List<Path> writeWeights(Path directory, int top) throws IOException {
    return write(
        directory,
        "weights",
        BARS_ON_PAGE,
        k -> bars(k, Math.min(top, view.featureCount())),
        cells ->
            new FigureGrid(
                "Weights of %s version %d".formatted(model.name(), model.version()),
                cells,
                Optional.empty(),
                BARS_COLUMNS));
  }

  /** Writes the template of each class as an image; returns the files. */
  List<Path> writeTemplates(Path directory, ImageShape image) throws IOException {
    ColourScale colours = ColourScale.diverging(limit);
    return write(
        directory,
        "templates",
        TEMPLATES_ON_PAGE,
        k ->
            new ImageTile(
                model.classNames().get(k), view.template(k), image, colours, TEMPLATE_SIDE),
        cells ->
            new FigureGrid(
                "Templates of %s version %d".formatted(model.name(), model.version()),
                cells,
                Optional.of(new ColourBar(colours, unit(model), LEGEND_WIDTH)),
                TEMPLATES_COLUMNS));
  }

  /** Makes the figure of a class. */
  @FunctionalInterface
  private interface Cell {
    Figure of(int k);
  }

  /** Makes a page of figures. */
  @FunctionalInterface
  private interface Page {
    Figure of(List<Figure> cells);
  }

  private List<Path> write(Path directory, String name, int onPage, Cell cell, Page page)
      throws IOException {
    Files.createDirectories(directory);
    List<Path> files = new ArrayList<>();
    for (int from = 0; from < drawn; from += onPage) {
      List<Figure> cells =
          IntStream.range(from, Math.min(drawn, from + onPage)).mapToObj(cell::of).toList();
      String numbered = drawn <= onPage ? name : name + "-" + (from / onPage + 1);
      files.addAll(FigureFile.write(page.of(cells), directory, numbered));
    }
    return files;
  }

  private Figure bars(int k, int top) {
    double[] template = view.template(k);
    List<SignedBars.Bar> bars =
        IntStream.range(0, template.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(template[i])))
            .limit(top)
            .map(i -> new SignedBars.Bar(names.of(i), template[i]))
            .toList();
    return new SignedBars(model.classNames().get(k), unit(model), bars, limit, BARS_WIDTH);
  }
}
