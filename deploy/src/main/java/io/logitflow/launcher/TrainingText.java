package io.logitflow.launcher;

import io.logitflow.console.TextTable;
import io.logitflow.schema.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a training came to, as text. */
final class TrainingText {

  private static final String UNKNOWN = "-";

  private final Decision decision;
  private final Map<String, Double> evidence;

  private TrainingText(Decision decision) {
    this.decision = decision;
    this.evidence = decision.getEvidence();
  }

  /** The lines of a decision on a training. */
  static List<String> lines(Decision decision) {
    return new TrainingText(decision).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(learnedFrom());
    if (evidence.containsKey("sampleRows")) {
      lines.add(trainedWith());
    }
    if (evidence.containsKey("candidateNll")) {
      lines.add("");
      lines.addAll(judgement());
    }
    lines.add("");
    lines.addAll(result());
    return lines;
  }

  private String learnedFrom() {
    String records =
        text("%,.0f labelled records, %,.0f without a label", value("labels"), value("unlabelled"));
    String oldest = decision.getDetails().get("oldestRecord");
    return oldest == null
        ? records
        : records + ", " + oldest + " to " + decision.getDetails().get("newestRecord");
  }

  private String trainedWith() {
    String rows =
        text(
            "%,.0f rows to train with, %,.0f held-out ones to judge by; %,.0f features, %,.0f"
                + " classes",
            value("trainingRows"), value("judgingRows"), value("features"), value("classes"));
    return evidence.containsKey("trainingSteps")
        ? rows + text("; %,.0f steps in %.1f s", value("trainingSteps"), value("trainingSeconds"))
        : rows;
  }

  private List<String> judgement() {
    TextTable table = new TextTable(List.of("HELD-OUT ROWS", " NLL", " HALF BRIER", " ACCURACY %"));
    String version =
        decision.getCandidateVersion() == null
            ? "trained"
            : "trained: version " + decision.getCandidateVersion();
    table.add(row(version, "candidate"));
    if (evidence.containsKey("championNll")) {
      table.add(row("champion: version " + decision.getModelVersion(), "champion"));
    }
    table.add(row("constant prediction", "constant"));
    return table.lines();
  }

  private List<String> row(String name, String whose) {
    return List.of(
        name,
        number("%.4f", whose + "Nll", 1),
        number("%.4f", whose + "HalfBrier", 1),
        number("%.2f", whose + "Accuracy", 100));
  }

  private List<String> result() {
    String reason = decision.getReason();
    Long version = decision.getCandidateVersion();
    String model = decision.getModel();
    return switch (decision.getOutcome()) {
      case APPLIED -> List.of("Version %d is the champion: %s.".formatted(version, reason));
      case PROPOSED ->
          List.of(
              "Version %d is published: %s.".formatted(version, reason),
              "Next: `logitflow models list` shows its aliases; a challenger is scored in the"
                  + " shadow, and `logitflow calibration --model %s` compares it.".formatted(model),
              "      `logitflow models promote --model %s --version %d` makes it the champion."
                  .formatted(model, version));
      case REFUSED -> List.of("Nothing is published: %s.".formatted(reason));
      default -> List.of("Not now: %s.".formatted(reason));
    };
  }

  private String number(String format, String name, double factor) {
    Double value = evidence.get(name);
    return value == null ? UNKNOWN : text(format, factor * value);
  }

  private double value(String name) {
    return evidence.getOrDefault(name, 0.0);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
