package io.logitflow.generator;

import io.logitflow.generator.dataset.Split;
import io.logitflow.generator.drift.Drift;
import io.logitflow.generator.schedule.Burst;
import io.logitflow.generator.schedule.DurationText;
import io.logitflow.generator.schedule.LoadRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how much is sent, how fast and in which order. */
final class PaceOptions {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "train, validation, test or all, in file order. Default: test where there are splits.")
  private String split;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Feature records a second: 5000, 5k, 1.5M. Default: 0, as fast as possible.")
  private String rate;

  @Option(
      names = "--burst",
      paramLabel = "Fx:LENGTH:every=T",
      description = "Multiplies the rate by F for LENGTH, every T: 10x:2s:every=30s.")
  private String burst;

  @Option(
      names = "--duration",
      paramLabel = "T",
      description = "Ends after this time: 500ms, 30s, 5m, 2h, 1d.")
  private String duration;

  @Option(names = "--limit", paramLabel = "N", description = "Ends after N feature records.")
  private String limit;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description =
          "How often the data are sent: a number or forever. Default: 1, or as often as it takes"
              + " with --duration or --limit.")
  private String passes;

  @Option(
      names = "--shuffle",
      description = "Sends every pass in a seeded order of its own, not in file order.")
  private boolean shuffle;

  @Option(names = "--seed", paramLabel = "N", description = "Of everything random. Default: 0.")
  private String seed;

  @Option(
      names = "--event-time",
      paramLabel = "WHAT",
      description =
          "schedule (default: when the record is due) or data (the time in the data; each pass"
              + " begins where the last one ended).")
  private String eventTime;

  @Option(
      names = "--drift",
      paramLabel = "WHAT[@WHEN]",
      description = {
        "How the stream departs from the data; may be repeated.",
        "noise:X       Gaussian, of X standard deviations of each feature",
        "scale:X       features times X",
        "roll:N        features moved N places on, those at the end to the beginning",
        "labels:C=W,.. class C is W times as frequent",
        "WHEN is 30s (sudden) or 30s..60s (gradual), or the same in records: 10000..20000."
      })
  private List<String> drifts = new ArrayList<>();

  /** The seed; 0 if it is missing or wrong. */
  long seed(OptionProblems problems) {
    return problems
        .readLong("--seed", seed, -999_999_999_999_999_999L, 999_999_999_999_999_999L)
        .orElse(0L);
  }

  /** The rate outside bursts, once the options are known to be right. */
  double steadyRate() {
    return rate == null ? 0 : LoadRate.parsePerSecond(rate);
  }

  void apply(LoadConfig.Builder config, OptionProblems problems) {
    problems.read("--split", split, Split::parse).ifPresent(config::split);
    applyRate(config, problems);
    problems.read("--duration", duration, DurationText::parse).ifPresent(config::duration);
    problems.readLong("--limit", limit, 0, LoadConfig.FOREVER).ifPresent(config::limit);
    if ("forever".equals(passes)) {
      config.passes(LoadConfig.FOREVER);
    } else {
      problems.readLong("--passes", passes, 1, 1_000_000_000).ifPresent(config::passes);
    }
    config.shuffle(shuffle);
    problems
        .read(
            "--event-time",
            eventTime,
            text ->
                switch (text) {
                  case "schedule" -> EventTime.SCHEDULE;
                  case "data" -> EventTime.DATA;
                  default ->
                      throw new IllegalArgumentException(
                          "'" + text + "', expected schedule or data");
                })
        .ifPresent(config::eventTime);
    for (String drift : drifts) {
      problems.read("--drift", drift, Drift::parse).ifPresent(config::drift);
    }
  }

  private void applyRate(LoadConfig.Builder config, OptionProblems problems) {
    Optional<Double> perSecond = problems.read("--rate", rate, LoadRate::parsePerSecond);
    Optional<Burst> bursts = problems.read("--burst", burst, Burst::parse);
    if (rate != null && perSecond.isEmpty()) {
      return;
    }
    try {
      config.rate(new LoadRate(perSecond.orElse(0.0), bursts));
    } catch (IllegalArgumentException e) {
      problems.add("--rate and --burst: " + e.getMessage());
    }
  }
}
