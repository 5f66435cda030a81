package io.logitflow.launcher.models;

import io.logitflow.schema.Decision;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decisions as a table of fixed columns, so that lines which come later fit it. */
final class DecisionTable {

  private static final String ROW = "%-19s  %-13s  %-8s  %8s  %9s  %-8s  %s";

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private DecisionTable() {}

  /** A line for each decision, with a head if so asked. */
  static List<String> lines(List<Decision> decisions, boolean head) {
    List<String> lines = new ArrayList<>();
    if (head) {
      lines.add(
          ROW.formatted(
              "DECIDED (UTC)", "DECISION", "OUTCOME", "CHAMPION", "CANDIDATE", "BY", "WHY"));
    }
    decisions.forEach(decision -> lines.add(line(decision)));
    return lines;
  }

  private static String line(Decision decision) {
    Long candidate = decision.getCandidateVersion();
    return ROW.formatted(
            SECONDS.format(decision.getDecidedAt()),
            words(decision.getKind()),
            words(decision.getOutcome()),
            decision.getModelVersion(),
            candidate == null ? "-" : candidate,
            decision.getDetails().getOrDefault("user", decision.getJob()),
            decision.getReason())
        .stripTrailing();
  }

  private static String words(Enum<?> symbol) {
    return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
