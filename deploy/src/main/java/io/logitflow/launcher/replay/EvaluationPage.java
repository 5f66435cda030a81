package io.logitflow.launcher.replay;

import io.logitflow.classifier.Model;
import io.logitflow.console.Quantity;
import io.logitflow.plot.ImageShape;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.VersionEvaluation;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A report as a page of texts, tables and pictures. Every number is the record's; only the
 * templates of classes are of the models.
 */
public final class EvaluationPage {

  private final EvaluationReport report;
  private final List<Model> models;
  private final Optional<ImageShape> image;

  /**
   * A page.
   *
   * @param models those of the evaluated versions that are known, for the templates
   * @param image shape of the features; empty: they are no image
   */
  public EvaluationPage(EvaluationReport report, List<Model> models, Optional<ImageShape> image) {
    this.report = report;
    this.models = List.copyOf(models);
    this.image = image;
  }

  /** The heading. */
  String title() {
    return "Replay of %s %s".formatted(report.getModel(), report.getKind());
  }

  /** What the run comes to, in a sentence. */
  static String verdict(EvaluationReport report) {
    if (report.getKind().equals("as-served")) {
      long compared =
          report.getEvaluations().stream().mapToLong(VersionEvaluation::getRecords).sum();
      return report.getDifferences() == 0
          ? "All %s predictions are what the versions that they name say of their records."
              .formatted(Quantity.count(compared))
          : "%s of %s predictions are not what the version that they name says of their record."
              .formatted(Quantity.count(report.getDifferences()), Quantity.count(compared));
    }
    if (report.getComparisons().isEmpty()) {
      int versions = report.getEvaluations().size();
      String gaps = ReignTable.gaps(report);
      return (versions == 1 ? "1 version was evaluated." : versions + " versions were evaluated.")
          + (gaps.isEmpty() ? "" : " " + gaps);
    }
    List<String> sentences = new ArrayList<>();
    for (PairedEvaluation pair : report.getComparisons()) {
      sentences.add(verdict(pair));
    }
    return String.join(" ", sentences);
  }

  private static String verdict(PairedEvaluation pair) {
    double lower = pair.getMetrics().getOrDefault("sequenceLower", -1.0);
    double upper = pair.getMetrics().getOrDefault("sequenceUpper", 1.0);
    String verdict =
        lower > 0
            ? "is better than"
            : upper < 0 ? "is worse than" : "is not proved to be better or worse than";
    return "Version %d %s version %d: mean gain %s in half-Brier, anytime 95%% %s to %s."
        .formatted(
            pair.getVersion(),
            verdict,
            pair.getReference(),
            number(pair.getMetrics().getOrDefault("meanDifference", Double.NaN)),
            number(lower),
            number(upper));
  }

  /** The parts of the page. */
  List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(verdict(report)));
    if (report.getKind().equals("as-served")) {
      audit(blocks);
    } else {
      evaluation(blocks);
    }
    blocks.add(new Block.Heading("What was read"));
    if (!report.getCounts().isEmpty()) {
      blocks.add(EvaluationTables.counts("COUNT", report.getCounts()));
    }
    blocks.add(EvaluationTables.ranges(report));
    blocks.add(new Block.Heading("The run"));
    Map<String, String> run = new TreeMap<>(report.getDetails());
    run.put("run", report.getRunId());
    run.put("ended", report.getCreatedAt().toString());
    blocks.add(
        new Block.Table(
            List.of("OPTION", "VALUE"),
            run.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    return blocks;
  }

  private void audit(List<Block> blocks) {
    blocks.add(new Block.Heading("Versions"));
    blocks.add(EvaluationTables.audited(report));
    blocks.add(
        new Block.Text(
            "Largest miss: the largest distance of a reproduced probability from the one that was"
                + " logged, as a part of the 1e-6 plus 1e-5 relative that are allowed."));
    if (report.getDifferences() > 0) {
      blocks.add(new Block.Heading("Differences"));
      blocks.add(EvaluationTables.counts("KIND", report.getDifferenceKinds()));
      blocks.add(
          new Block.Text(
              "%s of %s differences; the dead letters have all of them."
                  .formatted(
                      Quantity.count(report.getFound().size()),
                      Quantity.count(report.getDifferences()))));
      blocks.add(EvaluationTables.differences(report));
    }
  }

  private void evaluation(List<Block> blocks) throws IOException {
    EvaluationFigures figures = new EvaluationFigures(report);
    blocks.add(new Block.Heading("Versions"));
    blocks.add(EvaluationTables.versions(report));
    if (!report.getReigns().isEmpty()) {
      blocks.add(new Block.Heading("Champions"));
      blocks.add(
          new Block.Text(
              "Who was the champion when, by the decisions: a record is of the reign that its event"
                  + " time falls into. The champion is assumed where the decision that replaced it"
                  + " is all that tells of it."));
      blocks.add(ReignTable.of(report));
    }
    if (!report.getComparisons().isEmpty()) {
      blocks.add(new Block.Heading("Compared"));
      blocks.add(
          new Block.Text(
              "Gain: half-Brier score of the first version minus that of the other on the same"
                  + " record, above 0 where the other is better. The fixed interval is for one"
                  + " look; the anytime interval and the e-values hold however often one looks."));
      blocks.add(EvaluationTables.comparisons(report));
      blocks.addAll(figures.differences());
    }
    blocks.add(new Block.Heading("Over time"));
    blocks.addAll(figures.overTime());
    blocks.add(new Block.Heading("Calibration"));
    blocks.addAll(figures.reliability());
    blocks.add(new Block.Heading("Classes"));
    blocks.addAll(figures.confusions());
    if (image.isPresent()) {
      blocks.addAll(EvaluationFigures.templates(models, image.get()));
    }
    blocks.add(new Block.Heading("All metrics"));
    blocks.add(EvaluationTables.metrics(report));
  }

  /** A number with five digits that matter; "-" for none. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "-" : Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(5));
    if (rounded.signum() == 0) {
      return "0";
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -5 || exponent > 9
        ? rounded.stripTrailingZeros().toString()
        : rounded.stripTrailingZeros().toPlainString();
  }
}
