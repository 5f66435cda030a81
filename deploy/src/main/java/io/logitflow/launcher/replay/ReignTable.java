package io.logitflow.launcher.replay;

import io.logitflow.console.Quantity;
import io.logitflow.schema.ChampionReign;
import io.logitflow.schema.EvaluationReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who was the champion when, in a table. */
final class ReignTable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReignTable() {}

  static Block.Table of(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (ChampionReign reign : report.getReigns()) {
      Map<String, Double> metrics = reign.getMetrics();
      rows.add(
          List.of(
              reign.getVersion() == null ? "?" : Long.toString(reign.getVersion()),
              time(reign.getFrom()),
              time(reign.getUntil()),
              Quantity.count(reign.getRecords()),
              Quantity.count(reign.getPredictions()),
              Quantity.count(reign.getLabelled()),
              "%s [%s, %s]"
                  .formatted(
                      Quantity.perCent(metrics.getOrDefault("accuracy", Double.NaN)),
                      Quantity.perCent(metrics.getOrDefault("accuracyLower", Double.NaN)),
                      Quantity.perCent(metrics.getOrDefault("accuracyUpper", Double.NaN))),
              Quantity.fraction(metrics.getOrDefault("nll", Double.NaN)),
              Quantity.fraction(metrics.getOrDefault("ece", Double.NaN)),
              by(reign),
              reign.getReason()));
    }
    return new Block.Table(
        List.of(
            " CHAMPION",
            "FROM (UTC)",
            "UNTIL (UTC)",
            " RECORDS",
            " SCORED",
            " LABELLED",
            " ACCURACY % [95%]",
            " NLL",
            " ECE",
            "BY",
            "WHY"),
        rows);
  }

  private static String time(Instant time) {
    return time == null ? "-" : TIME.format(time);
  }

  /** Such as {@code promotion, feedback}, {@code alias, ada}, {@code assumed}. */
  private static String by(ChampionReign reign) {
    String what = reign.getKind().isEmpty() ? reign.getBasis() : reign.getKind();
    String who = reign.getDecidedBy().isEmpty() ? "" : ", " + reign.getDecidedBy();
    return what.toLowerCase(Locale.ROOT) + who;
  }

  /** Why the records of a report are not all scored; empty if they are. */
  static String gaps(EvaluationReport report) {
    long without = 0;
    for (String count :
        List.of(
            "featuresOfUnknownChampions",
            "featuresOfGoneChampions",
            "featuresOfUnusableChampions")) {
      without += report.getCounts().getOrDefault(count, 0L);
    }
    return without == 0
        ? ""
        : "Of %s features %s are not scored: their champion is not known, or cannot be asked any more."
            .formatted(
                Quantity.count(report.getCounts().getOrDefault("features", 0L)),
                Quantity.count(without));
  }
}
