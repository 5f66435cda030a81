package io.logitflow.launcher.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation as tables of at most 100 columns. */
final class ExplanationText {

  private static final int MAX_CLASSES = 10;
  private static final int NAME = 24;
  private static final int BAR = 14;

  private ExplanationText() {}

  static List<String> lines(Explanation explanation, int top) {
    List<String> lines = new ArrayList<>();
    lines.add("record  " + explanation.record().origin());
    lines.add("model   " + explanation.model());
    lines.add("");
    classes(explanation, lines);
    lines.add("");
    lines.add(
        "%s against %s: lead %s = %s at the mean record, %s from the features"
            .formatted(
                explanation.targetName(),
                explanation.rivalName(),
                signed(
                    explanation.logits()[explanation.target()]
                        - explanation.logits()[explanation.rival()]),
                signed(explanation.leadAtMean()),
                signed(explanation.leadOfFeatures())));
    explanation
        .leadOfBiases()
        .ifPresent(
            biases ->
                lines.add(
                    "after calibration: lead %s, %s of it from its biases"
                        .formatted(signed(explanation.calibratedLead()), signed(biases))));
    lines.add("mean record: " + explanation.mean().origin());
    lines.add("");
    features(explanation, top, lines);
    return lines;
  }

  private static void classes(Explanation explanation, List<String> lines) {
    lines.add("%s  %11s  %10s  %10s".formatted(pad("CLASS"), "PROBABILITY", "LOGIT", "DISTANCE"));
    List<Integer> classes = explanation.classesByLogit();
    for (int k : classes) {
      boolean compared = k == explanation.target() || k == explanation.rival();
      if (classes.indexOf(k) < MAX_CLASSES || compared) {
        lines.add(
            "%s  %11s  %10s  %10s"
                .formatted(
                    pad(explanation.model().classNames().get(k)),
                    String.format(Locale.ROOT, "%.6f", explanation.probabilities()[k]),
                    number(explanation.logits()[k]),
                    number(explanation.distances()[k])));
      }
    }
    if (classes.size() > MAX_CLASSES) {
      lines.add("... of %d classes".formatted(classes.size()));
    }
  }

  private static void features(Explanation explanation, int top, List<String> lines) {
    List<Integer> features = explanation.topFeatures(top);
    if (features.isEmpty()) {
      lines.add("No feature contributes: the record is the mean record where weights differ.");
      return;
    }
    double[] margin =
        explanation.contributions().ofMargin(explanation.target(), explanation.rival());
    double[] weights =
        explanation.view().weightDifference(explanation.target(), explanation.rival());
    double longest = Math.abs(margin[features.get(0)]);
    lines.add(
        "%s %9s %9s %9s %12s  %s"
            .formatted(pad("FEATURE"), "VALUE", "MEAN", "WEIGHT", "CONTRIBUTION", "against | for"));
    double shown = 0;
    for (int i : features) {
      shown += margin[i];
      lines.add(
          "%s %9s %9s %9s %12s  %s"
              .formatted(
                  pad(explanation.names().of(i)),
                  number(explanation.record().features()[i]),
                  number(explanation.mean().values()[i]),
                  number(weights[i]),
                  signed(margin[i]),
                  bar(margin[i] / longest)));
    }
    lines.add(
        "%s %42s"
            .formatted(pad("all other features"), signed(explanation.leadOfFeatures() - shown)));
  }

  /** A bar to the left or the right of a line. */
  private static String bar(double share) {
    int length = Math.max(1, (int) Math.round(Math.abs(share) * BAR / 2));
    String half = " ".repeat(BAR / 2);
    return share < 0
        ? " ".repeat(BAR / 2 - length) + "#".repeat(length) + "|"
        : half + "|" + "#".repeat(length);
  }

  private static String pad(String name) {
    String cut = name.length() <= NAME ? name : name.substring(0, NAME - 1) + "~";
    return cut + " ".repeat(NAME - cut.length());
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + number(value);
  }

  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    return String.format(
        Locale.ROOT, magnitude >= 1e-3 && magnitude < 1e5 ? "%.4f" : "%.2e", value);
  }
}
