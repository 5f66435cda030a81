package io.logitflow.launcher.replay;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.calibration.InvalidCalibrationRecordException;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.console.Quantity;
import io.logitflow.plot.ColourBar;
import io.logitflow.plot.ColourScale;
import io.logitflow.plot.CountMatrix;
import io.logitflow.plot.Figure;
import io.logitflow.plot.FigureGrid;
import io.logitflow.plot.ImageShape;
import io.logitflow.plot.ImageTile;
import io.logitflow.plot.Legend;
import io.logitflow.plot.Line;
import io.logitflow.plot.ReliabilityDiagram;
import io.logitflow.plot.TimeSeries;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PairedWindow;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.schema.WindowEvaluation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The pictures of a report. */
final class EvaluationFigures {

  private static final TimeSeries.Size WIDE = new TimeSeries.Size(720, 270);
  private static final int TEMPLATE_SIDE = 112;
  private static final int TEMPLATES = 20;
  private static final int TEMPLATE_COLUMNS = 5;

  private final EvaluationReport report;
  private final Instant from;
  private final Instant to;

  EvaluationFigures(EvaluationReport report) {
    this.report = report;
    List<VersionEvaluation> seen =
        report.getEvaluations().stream().filter(v -> !v.getWindows().isEmpty()).toList();
    this.from =
        seen.stream().map(VersionEvaluation::getFrom).min(Comparator.naturalOrder()).orElse(null);
    this.to =
        seen.stream().map(VersionEvaluation::getTo).max(Comparator.naturalOrder()).orElse(null);
  }

  /** Each comparison as its windows went by. */
  List<Block> differences() {
    List<Block> pictures = new ArrayList<>();
    for (PairedEvaluation pair : report.getComparisons()) {
      if (pair.getWindows().isEmpty()) {
        continue;
      }
      String title =
          "Mean gain of version %d over version %d"
              .formatted(pair.getVersion(), pair.getReference());
      List<Line> lines =
          List.of(
              line("mean up to here", 0, Line.Kind.MEASURED, pair, PairedWindow::getMean),
              line("95% confidence sequence", 0, Line.Kind.EXPECTED, pair, PairedWindow::getLower),
              line("", 0, Line.Kind.EXPECTED, pair, PairedWindow::getUpper),
              new Line("no difference", 1, Line.Kind.MEASURED, List.of(), 0));
      Figure figure =
          new FigureGrid(
              title,
              List.of(
                  new TimeSeries(
                      "above 0: version %d is better".formatted(pair.getVersion()),
                      "half-Brier gain",
                      lines,
                      from,
                      to,
                      Double.NaN,
                      Double.NaN,
                      WIDE)),
              Optional.of(new Legend(List.of(lines.get(0), lines.get(1)), WIDE.width())),
              1);
      pictures.add(
          new Block.Picture(
              "gain-%d-%d".formatted(pair.getVersion(), pair.getReference()), title, figure));
    }
    return pictures;
  }

  private static Line line(
      String label,
      int index,
      Line.Kind kind,
      PairedEvaluation pair,
      ToDoubleFunction<PairedWindow> value) {
    return new Line(
        label,
        index,
        kind,
        pair.getWindows().stream()
            .map(window -> new Line.Point(window.getEnd(), value.applyAsDouble(window), true))
            .toList(),
        Double.NaN);
  }

  /** Accuracy, log loss and calibration error of all versions. */
  List<Block> overTime() {
    if (from == null) {
      return List.of(new Block.Text("There was nothing to see."));
    }
    List<Line> accuracy = lines("accuracy");
    return List.of(
        new Block.Picture(
            "over-time",
            "Accuracy, log loss and calibration error of each version over time",
            new FigureGrid(
                "Windows of event time, and all of them together (dashed)",
                List.of(
                    series("Accuracy", "accuracy", accuracy, Double.NaN),
                    series("Log loss", "NLL in nats", lines("nll"), Double.NaN),
                    series("Calibration error", "ECE", lines("ece"), 0)),
                Optional.of(new Legend(accuracy, WIDE.width())),
                1)));
  }

  private TimeSeries series(String heading, String title, List<Line> lines, double lowest) {
    return new TimeSeries(heading, title, lines, from, to, lowest, Double.NaN, WIDE);
  }

  private List<Line> lines(String metric) {
    List<Line> lines = new ArrayList<>();
    List<VersionEvaluation> evaluations = report.getEvaluations();
    for (int i = 0; i < evaluations.size(); i++) {
      lines.add(
          new Line(
              name(evaluations.get(i)),
              i,
              Line.Kind.MEASURED,
              evaluations.get(i).getWindows().stream()
                  .map(
                      window ->
                          new Line.Point(
                              middle(window),
                              window.getMetrics().getOrDefault(metric, Double.NaN),
                              true))
                  .toList(),
              EvaluationTables.metric(evaluations.get(i), metric)));
    }
    return lines;
  }

  private static Instant middle(WindowEvaluation window) {
    return window
        .getStart()
        .plus(Duration.between(window.getStart(), window.getEnd()).dividedBy(2));
  }

  /** A reliability diagram of each version. */
  List<Block> reliability() throws IOException {
    List<Block> pictures = new ArrayList<>();
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      Optional<CalibrationMetrics> metrics = metrics(evaluation);
      if (metrics.isPresent()) {
        pictures.add(
            new Block.Picture(
                "reliability-" + evaluation.getVersion(),
                "Reliability diagram of " + name(evaluation),
                diagram(evaluation, metrics.get())));
      }
    }
    return pictures.isEmpty() ? List.of(new Block.Text("There are no labels.")) : pictures;
  }

  private Figure diagram(VersionEvaluation evaluation, CalibrationMetrics metrics) {
    return new ReliabilityDiagram(
        report.getModel() + " " + name(evaluation),
        metrics.binTable().stream()
            .map(
                bin ->
                    new ReliabilityDiagram.Bin(
                        bin.lower(),
                        bin.upper(),
                        bin.count(),
                        bin.meanConfidence(),
                        bin.accuracy(),
                        bin.wilson().lower(),
                        bin.wilson().upper()))
            .toList(),
        List.of(
            "n = %s, accuracy = %s, mean confidence = %s"
                .formatted(
                    Quantity.count(evaluation.getStatistics().getLabelled()),
                    Quantity.fraction(EvaluationTables.metric(evaluation, "accuracy")),
                    Quantity.fraction(EvaluationTables.metric(evaluation, "meanConfidence"))),
            "ECE = %s (%s if calibrated), smECE = %s"
                .formatted(
                    Quantity.fraction(EvaluationTables.metric(evaluation, "ece")),
                    Quantity.fraction(EvaluationTables.metric(evaluation, "eceIfCalibrated")),
                    Quantity.fraction(EvaluationTables.metric(evaluation, "smoothEce")))));
  }

  /** The confusion matrix of each version. */
  List<Block> confusions() throws IOException {
    List<Block> pictures = new ArrayList<>();
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      Optional<CalibrationMetrics> metrics = metrics(evaluation);
      if (metrics.isPresent() && metrics.get().confusion().length > 0) {
        pictures.add(
            new Block.Picture(
                "confusion-" + evaluation.getVersion(),
                "Confusion matrix of " + name(evaluation),
                new CountMatrix(
                    "Confusion of %s %s".formatted(report.getModel(), name(evaluation)),
                    "true class",
                    "predicted class",
                    report.getClassNames(),
                    metrics.get().confusion())));
      }
    }
    return pictures;
  }

  private static Optional<CalibrationMetrics> metrics(VersionEvaluation evaluation)
      throws IOException {
    if (evaluation.getStatistics() == null || evaluation.getStatistics().getLabelled() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          CalibrationMetrics.of(CalibrationRecords.fromRecord(evaluation.getStatistics())));
    } catch (InvalidCalibrationRecordException e) {
      throw new IOException(
          "the statistics of version %d in the report are broken: %s"
              .formatted(evaluation.getVersion(), e.getMessage()),
          e);
    }
  }

  /** The templates of the classes of linear models. */
  static List<Block> templates(List<Model> models, ImageShape image) {
    List<Block> pictures = new ArrayList<>();
    for (Model model : models) {
      try {
        LinearView view = LinearView.of(model);
        pictures.add(
            new Block.Picture(
                "templates-" + model.version(),
                "What version %d looks for in each class".formatted(model.version()),
                templates(model, view, image)));
      } catch (InvalidModelException e) {
        pictures.add(
            new Block.Text(
                "Version %d has no templates: %s".formatted(model.version(), e.getMessage())));
      }
    }
    return pictures;
  }

  private static Figure templates(Model model, LinearView view, ImageShape image) {
    int drawn = Math.min(TEMPLATES, view.classCount());
    ColourScale colours =
        ColourScale.diverging(
            IntStream.range(0, drawn)
                .mapToDouble(k -> DoubleStream.of(view.template(k)).map(Math::abs).max().orElse(0))
                .max()
                .orElse(0));
    return new FigureGrid(
        "Templates of %s version %d".formatted(model.name(), model.version()),
        IntStream.range(0, drawn)
            .mapToObj(
                k ->
                    new ImageTile(
                        model.classNames().get(k), view.template(k), image, colours, TEMPLATE_SIDE))
            .toList(),
        Optional.of(new ColourBar(colours, "weight", 320)),
        TEMPLATE_COLUMNS);
  }

  private static String name(VersionEvaluation evaluation) {
    return "version %d%s"
        .formatted(
            evaluation.getVersion(),
            evaluation.getName().isEmpty() ? "" : " (" + evaluation.getName() + ")");
  }
}
