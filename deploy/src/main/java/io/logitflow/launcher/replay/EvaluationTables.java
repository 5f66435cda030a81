package io.logitflow.launcher.replay;

import io.logitflow.console.Quantity;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.PairedEvaluation;
import io.logitflow.schema.PredictionDifference;
import io.logitflow.schema.VersionEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a report in tables. */
final class EvaluationTables {

  private EvaluationTables() {}

  /** Predictions that were compared with what their version says. */
  static Block.Table audited(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      rows.add(
          List.of(
              Long.toString(evaluation.getVersion()),
              evaluation.getName(),
              Integer.toString(evaluation.getCalibrationVersion()),
              "%.8s".formatted(evaluation.getWeights()),
              Quantity.count(evaluation.getRecords()),
              Quantity.rounded(metric(evaluation, "reproduced")),
              Quantity.rounded(metric(evaluation, "differences")),
              EvaluationPage.number(metric(evaluation, "largestMiss"))));
    }
    return new Block.Table(
        List.of(
            " VERSION",
            "IS NOW",
            " CALIBRATION",
            "WEIGHTS",
            " PREDICTIONS",
            " REPRODUCED",
            " DIFFERENT",
            " LARGEST MISS"),
        rows);
  }

  /** How each version did. */
  static Block.Table versions(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      long labelled =
          evaluation.getWindows().stream().mapToLong(window -> window.getLabelled()).sum();
      rows.add(
          List.of(
              Long.toString(evaluation.getVersion()),
              evaluation.getName(),
              Quantity.count(evaluation.getRecords()),
              Quantity.count(labelled),
              "%s [%s, %s]"
                  .formatted(
                      Quantity.perCent(metric(evaluation, "accuracy")),
                      Quantity.perCent(metric(evaluation, "accuracyLower")),
                      Quantity.perCent(metric(evaluation, "accuracyUpper"))),
              Quantity.fraction(metric(evaluation, "nll")),
              Quantity.fraction(metric(evaluation, "brier")),
              Quantity.fraction(metric(evaluation, "ece")),
              Quantity.fraction(metric(evaluation, "eceIfCalibrated"))));
    }
    return new Block.Table(
        List.of(
            " VERSION",
            "NAME",
            " PREDICTIONS",
            " LABELLED",
            " ACCURACY % [95%]",
            " NLL",
            " BRIER",
            " ECE",
            " IF CALIBRATED"),
        rows);
  }

  /** The versions beside the first one. */
  static Block.Table comparisons(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (PairedEvaluation pair : report.getComparisons()) {
      Map<String, Double> metrics = pair.getMetrics();
      rows.add(
          List.of(
              "%d against %d".formatted(pair.getVersion(), pair.getReference()),
              Quantity.count(pair.getRecords()),
              EvaluationPage.number(metrics.getOrDefault("meanDifference", Double.NaN)),
              interval(metrics, "fixedLower", "fixedUpper"),
              interval(metrics, "sequenceLower", "sequenceUpper"),
              evidence(metrics.getOrDefault("logEValue", Double.NaN)),
              evidence(metrics.getOrDefault("logEValueAgainst", Double.NaN)),
              Quantity.count(pair.getVersionOnlyCorrect()),
              Quantity.count(pair.getReferenceOnlyCorrect()),
              EvaluationPage.number(metrics.getOrDefault("mcNemarPValue", Double.NaN))));
    }
    return new Block.Table(
        List.of(
            "VERSION",
            " RECORDS",
            " MEAN GAIN",
            " FIXED 95%",
            " ANYTIME 95%",
            " E BETTER",
            " E WORSE",
            " ONLY IT RIGHT",
            " ONLY FIRST",
            " MCNEMAR P"),
        rows);
  }

  /** Every metric of every version. */
  static Block.Table metrics(EvaluationReport report) {
    List<String> head = new ArrayList<>(List.of("METRIC"));
    Map<String, List<String>> rows = new TreeMap<>();
    for (VersionEvaluation evaluation : report.getEvaluations()) {
      head.add(" VERSION " + evaluation.getVersion());
      for (String name : evaluation.getMetrics().keySet()) {
        rows.put(name, new ArrayList<>(List.of(name)));
      }
    }
    rows.forEach(
        (name, row) ->
            report
                .getEvaluations()
                .forEach(evaluation -> row.add(EvaluationPage.number(metric(evaluation, name)))));
    return new Block.Table(head, List.copyOf(rows.values()));
  }

  /** What was counted. */
  static Block.Table counts(String title, Map<String, Long> counts) {
    List<List<String>> rows = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach((name, number) -> rows.add(List.of(words(name), Quantity.count(number))));
    return new Block.Table(List.of(title, " NUMBER"), rows);
  }

  /** The differences that the report names. */
  static Block.Table differences(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (PredictionDifference found : report.getFound()) {
      rows.add(
          List.of(
              found.getRecordId(),
              "%s-%d@%d".formatted(found.getTopic(), found.getPartition(), found.getOffset()),
              Long.toString(found.getModelVersion()),
              String.join(", ", found.getKinds()),
              found.getExpected(),
              found.getFound()));
    }
    return new Block.Table(
        List.of("RECORD", "PREDICTION", " VERSION", "DIFFERS IN", "EXPECTED", "FOUND"), rows);
  }

  /** What was read. */
  static Block.Table ranges(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    report
        .getRanges()
        .forEach(
            range ->
                rows.add(
                    List.of(
                        range.getTopic(),
                        Integer.toString(range.getPartition()),
                        Long.toString(range.getFrom()),
                        Long.toString(range.getTo()),
                        Quantity.count(range.getTo() - range.getFrom()))));
    return new Block.Table(
        List.of("TOPIC", " PARTITION", " FROM OFFSET", " TO OFFSET", " OFFSETS"), rows);
  }

  static double metric(VersionEvaluation evaluation, String name) {
    return evaluation.getMetrics().getOrDefault(name, Double.NaN);
  }

  private static String interval(Map<String, Double> metrics, String lower, String upper) {
    return "%s to %s"
        .formatted(
            EvaluationPage.number(metrics.getOrDefault(lower, Double.NaN)),
            EvaluationPage.number(metrics.getOrDefault(upper, Double.NaN)));
  }

  /** An e-value from its logarithm; those beyond what anybody compares as powers of ten. */
  private static String evidence(double logarithm) {
    double power = logarithm / Math.log(10);
    return Math.abs(power) > 4
        ? "10^" + Math.round(power)
        : EvaluationPage.number(Math.exp(logarithm));
  }

  /** {@code predictionsWithoutFeatures} as words. */
  static String words(String name) {
    return name.contains(".") ? name : name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
