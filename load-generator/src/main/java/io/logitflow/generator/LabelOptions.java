package io.logitflow.generator;

import io.logitflow.generator.schedule.DurationText;
import io.logitflow.generator.schedule.LabelDelay;
import picocli.CommandLine.Option;

/** The options about labels. */
final class LabelOptions {
  @Option(
      names = "--label-delay",
      paramLabel = "DELAY",
      description =
          "none (default), constant:30s, uniform:1s..10s, exponential:30s (mean) or"
              + " lognormal:30s:0.5 (median and sigma).")
  private String delay;

  @Option(
      names = "--pending-labels",
      paramLabel = "WHAT",
      description =
          "Labels that are not due when the features end: wait (default) until they are, send at"
              + " once, or drop.")
  private String pending;

  @Option(
      names = "--pending-labels-wait",
      paramLabel = "T",
      description = "Waits at most this long, then sends the rest. Default: 30s.")
  private String pendingWait;

  @Option(
      names = "--max-pending-labels",
      paramLabel = "N",
      description = "More are not held: the earliest is sent early. Default: 2000000.")
  private String maxPending;

  @Option(
      names = "--label-format",
      paramLabel = "WHAT",
      description = "index (default) or name of the class.")
  private String format;

  @Option(names = "--no-labels", description = "Sends no labels.")
  private boolean none;

  void apply(LoadConfig.Builder config, OptionProblems problems) {
    problems.read("--label-delay", delay, LabelDelay::parse).ifPresent(config::labelDelay);
    problems
        .read("--pending-labels", pending, LabelOptions::policy)
        .ifPresent(config::pendingLabels);
    problems
        .read("--pending-labels-wait", pendingWait, DurationText::parse)
        .ifPresent(config::pendingLabelsWait);
    problems
        .readInt("--max-pending-labels", maxPending, 1, 1_000_000_000)
        .ifPresent(config::maxPendingLabels);
    problems.read("--label-format", format, LabelOptions::format).ifPresent(config::labelFormat);
    if (none) {
      config.withoutLabels();
    }
  }

  private static PendingLabelPolicy policy(String text) {
    return switch (text) {
      case "wait" -> PendingLabelPolicy.WAIT;
      case "send" -> PendingLabelPolicy.SEND;
      case "drop" -> PendingLabelPolicy.DROP;
      default -> throw new IllegalArgumentException("'" + text + "', expected wait, send or drop");
    };
  }

  private static LabelFormat format(String text) {
    return switch (text) {
      case "index" -> LabelFormat.INDEX;
      case "name" -> LabelFormat.NAME;
      default -> throw new IllegalArgumentException("'" + text + "', expected index or name");
    };
  }
}
