package io.logitflow.launcher.calibration;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.console.Quantity;
import io.logitflow.plot.CountMatrix;
import io.logitflow.plot.Figure;
import io.logitflow.plot.FigureFile;
import io.logitflow.plot.FigureGrid;
import io.logitflow.plot.Legend;
import io.logitflow.plot.Line;
import io.logitflow.plot.ReliabilityDiagram;
import io.logitflow.plot.TimeSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A report as pictures. */
final class CalibrationPlots {

  /** Points of a line; more windows are merged into as many. */
  private static final int MAX_POINTS = 60;

  /** Versions in one picture, the newest ones. */
  private static final int MAX_VERSIONS = 6;

  /** Classes with a panel of their own, the most frequent ones. */
  private static final int MAX_CLASSES = 12;

  private static final String WINDOWS =
      "windows (hollow: not complete), and all of them merged (dashed)";

  private static final TimeSeries.Size WIDE = new TimeSeries.Size(720, 270);
  private static final TimeSeries.Size PANEL = new TimeSeries.Size(300, 190);

  private final CalibrationReport report;
  private final List<VersionCalibration> versions;

  CalibrationPlots(CalibrationReport report) {
    this.report = report;
    List<VersionCalibration> all = report.versions();
    this.versions = all.subList(Math.max(0, all.size() - MAX_VERSIONS), all.size());
  }

  /** Writes all pictures that there is something to see in; returns the files. */
  List<Path> write(Path directory) throws IOException {
    Files.createDirectories(directory);
    List<Path> files = new ArrayList<>();
    if (report.chosen().merged().labelled() > 0) {
      files.addAll(FigureFile.write(reliability(), directory, "reliability"));
    }
    files.addAll(FigureFile.write(errors(), directory, "errors-over-time"));
    files.addAll(FigureFile.write(accuracy(), directory, "accuracy-over-time"));
    if (report.chosen().merged().labelled() > 0) {
      files.addAll(FigureFile.write(classes(), directory, "classes-over-time"));
    }
    long[][] confusion = report.chosen().metrics().confusion();
    if (confusion.length > 0 && report.chosen().merged().labelled() > 0) {
      files.addAll(
          FigureFile.write(
              new CountMatrix(
                  "Confusion of " + title(report.chosen()),
                  "true class",
                  "predicted class",
                  report.classNames(),
                  confusion),
              directory,
              "confusion"));
    }
    return files;
  }

  private Figure reliability() {
    CalibrationMetrics metrics = report.chosen().metrics();
    List<ReliabilityDiagram.Bin> bins =
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
            .toList();
    return new ReliabilityDiagram(
        title(report.chosen()),
        bins,
        List.of(
            "n = %s, accuracy = %s, mean confidence = %s"
                .formatted(
                    Quantity.count(report.chosen().merged().labelled()),
                    Quantity.fraction(metrics.accuracy()),
                    Quantity.fraction(metrics.meanConfidence())),
            "ECE = %s (%s if calibrated), smECE = %s"
                .formatted(
                    Quantity.fraction(metrics.ece()),
                    Quantity.fraction(metrics.reliabilityBins().expectedEceIfCalibrated()),
                    Quantity.fraction(metrics.smoothError().value()))));
  }

  private Figure errors() throws IOException {
    List<Line> ece = new ArrayList<>();
    List<Line> nll = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      String name = name(versions.get(i));
      ece.add(measured(i, name, CalibrationMetrics::ece));
      nll.add(measured(i, name, CalibrationMetrics::nll));
      ece.add(
          expected(
              i,
              name + " if it were calibrated",
              metrics -> metrics.reliabilityBins().expectedEceIfCalibrated()));
    }
    return new FigureGrid(
        "Calibration error and log loss of " + report.model(),
        List.of(
            series("ECE: " + WINDOWS, "ECE", ece, 0),
            series("NLL: " + WINDOWS, "NLL in nats", nll, Double.NaN)),
        Optional.of(new Legend(ece, WIDE.width())),
        1);
  }

  private Figure accuracy() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      String name = name(versions.get(i));
      lines.add(measured(i, name + ": accuracy", CalibrationMetrics::accuracy));
      lines.add(expected(i, name + ": expected accuracy", CalibrationMetrics::expectedAccuracy));
    }
    return new FigureGrid(
        "Accuracy and expected accuracy of " + report.model(),
        List.of(series("Accuracy: " + WINDOWS, "accuracy", lines, Double.NaN)),
        Optional.of(new Legend(lines, WIDE.width())),
        1);
  }

  private Figure classes() throws IOException {
    List<VersionCalibration> parts = labelled(report.chosen());
    long[] counts = report.chosen().metrics().trueCounts();
    List<Integer> drawn =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingLong(k -> -counts[k]))
            .limit(MAX_CLASSES)
            .sorted()
            .toList();
    double highest = 0;
    List<List<Line>> lines = new ArrayList<>();
    for (int k : drawn) {
      Line real = frequency("true", 0, parts, metrics -> share(metrics.trueCounts(), k));
      Line said = frequency("predicted", 1, parts, metrics -> share(metrics.predictedCounts(), k));
      lines.add(List.of(real, said));
      highest = Math.max(highest, Math.max(largest(real), largest(said)));
    }
    List<Figure> panels = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      panels.add(
          new TimeSeries(
              report.classNames().get(drawn.get(i)),
              "share of records",
              lines.get(i),
              report.chosen().start(),
              report.chosen().end(),
              0,
              highest,
              PANEL));
    }
    return new FigureGrid(
        "Classes of " + title(report.chosen()),
        panels,
        Optional.of(new Legend(lines.get(0), PANEL.width())),
        Math.min(4, (int) Math.ceil(Math.sqrt(panels.size()))));
  }

  private TimeSeries series(String heading, String title, List<Line> lines, double lowest) {
    return new TimeSeries(
        heading, title, lines, report.start(), report.end(), lowest, Double.NaN, WIDE);
  }

  private Line measured(int i, String label, ToDoubleFunction<CalibrationMetrics> metric)
      throws IOException {
    return new Line(
        label,
        i,
        Line.Kind.MEASURED,
        points(labelled(versions.get(i)), metric),
        metric.applyAsDouble(versions.get(i).metrics()));
  }

  private Line expected(int i, String label, ToDoubleFunction<CalibrationMetrics> metric)
      throws IOException {
    return new Line(
        label,
        i,
        Line.Kind.EXPECTED,
        points(versions.get(i).parts(MAX_POINTS), metric),
        Double.NaN);
  }

  private static Line frequency(
      String label,
      int index,
      List<VersionCalibration> parts,
      ToDoubleFunction<CalibrationMetrics> metric) {
    return new Line(label, index, Line.Kind.MEASURED, points(parts, metric), Double.NaN);
  }

  private static List<VersionCalibration> labelled(VersionCalibration version) throws IOException {
    return version.parts(MAX_POINTS).stream().filter(part -> part.merged().labelled() > 0).toList();
  }

  private static List<Line.Point> points(
      List<VersionCalibration> parts, ToDoubleFunction<CalibrationMetrics> metric) {
    return parts.stream()
        .map(
            part ->
                new Line.Point(
                    middle(part.start(), part.end()),
                    metric.applyAsDouble(part.metrics()),
                    part.incomplete() == 0))
        .toList();
  }

  private static Instant middle(Instant start, Instant end) {
    return start.plus(Duration.between(start, end).dividedBy(2));
  }

  private static double share(long[] counts, int k) {
    return (double) counts[k] / LongStream.of(counts).sum();
  }

  private static double largest(Line line) {
    return line.points().stream().mapToDouble(Line.Point::value).max().orElse(0);
  }

  private String title(VersionCalibration version) {
    return report.model() + " " + name(version);
  }

  private static String name(VersionCalibration version) {
    return "version %d (%s%s)"
        .formatted(
            version.key().version(),
            VersionTables.role(version),
            version.key().calibrationVersion() == 0
                ? ""
                : ", calibration " + version.key().calibrationVersion());
  }
}
