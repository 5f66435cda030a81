package io.logitflow.launcher.replay;

import io.logitflow.console.Quantity;
import io.logitflow.console.TextTable;
import io.logitflow.schema.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A report in some lines. */
public final class EvaluationText {

  private static final int MAX_DIFFERENCES = 10;

  private EvaluationText() {}

  /** The lines. */
  public static List<String> of(EvaluationReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (report.getKind().equals("as-served")) {
      audit(report, lines);
    } else {
      add(lines, EvaluationTables.versions(report));
      if (!report.getReigns().isEmpty()) {
        lines.add("");
        add(lines, ReignTable.of(report));
      }
      if (!report.getComparisons().isEmpty()) {
        lines.add("");
        add(lines, EvaluationTables.comparisons(report));
      }
    }
    if (!report.getCounts().isEmpty()) {
      lines.add("");
      new TreeMap<>(report.getCounts())
          .forEach(
              (name, number) ->
                  lines.add(EvaluationTables.words(name) + ": " + Quantity.count(number)));
    }
    lines.add("");
    lines.add(EvaluationPage.verdict(report));
    return lines;
  }

  private static void audit(EvaluationReport report, List<String> lines) {
    add(lines, EvaluationTables.audited(report));
    if (report.getDifferences() == 0) {
      return;
    }
    lines.add("");
    add(lines, EvaluationTables.counts("DIFFERS IN", report.getDifferenceKinds()));
    lines.add("");
    report.getFound().stream()
        .limit(MAX_DIFFERENCES)
        .forEach(
            found ->
                lines.add(
                    "%s-%d@%d: record %s, version %d, %s: expected %s, found %s"
                        .formatted(
                            found.getTopic(),
                            found.getPartition(),
                            found.getOffset(),
                            found.getRecordId(),
                            found.getModelVersion(),
                            String.join(", ", found.getKinds()),
                            found.getExpected(),
                            found.getFound())));
    if (report.getDifferences() > MAX_DIFFERENCES) {
      lines.add(
          "... and %s more: the report has %s, the dead letters have all"
              .formatted(
                  Quantity.count(report.getDifferences() - MAX_DIFFERENCES),
                  Quantity.count(report.getFound().size())));
    }
  }

  private static void add(List<String> lines, Block.Table table) {
    TextTable text = new TextTable(table.head());
    table.rows().forEach(text::add);
    lines.addAll(text.lines());
  }
}
