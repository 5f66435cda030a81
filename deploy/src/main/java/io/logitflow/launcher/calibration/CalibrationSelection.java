package io.logitflow.launcher.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which records of the calibration topic to look at. */
final class CalibrationSelection {

  @Option(names = "--model", paramLabel = "NAME", required = true, description = "The model.")
  private String model;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description =
          "Number of the version to look at closely, or an alias of it, for instance challenger.")
  private String version;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      converter = TimeArguments.Length.class,
      description =
          "Only windows that begin within this time before the end of the newest one, for instance"
              + " 30m, 12h or 7d.")
  private Duration last;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeArguments.Point.class,
      description =
          "Only windows that begin then or later, in event time of the predictions:"
              + " 2026-01-31T09:30:00Z, or 2026-01-31.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeArguments.Point.class,
      description = "Only windows that begin before.")
  private Instant to;

  @Option(
      names = "--calibration-topic",
      paramLabel = "TOPIC",
      defaultValue = "calibration",
      description = "The calibration topic; default ${DEFAULT-VALUE}.")
  private String topic;

  String model() {
    return model;
  }

  /** Number or alias of the version to look at closely. */
  Optional<String> version() {
    return Optional.ofNullable(version);
  }

  String topic() {
    return topic;
  }

  TimeRange range() {
    return new TimeRange(
        Optional.ofNullable(from), Optional.ofNullable(to), Optional.ofNullable(last));
  }

  /** What is wrong with the options, if anything is. */
  Optional<String> problem() {
    if (last != null && (from != null || to != null)) {
      return Optional.of("--last goes without --from and --to");
    }
    return from != null && to != null && !from.isBefore(to)
        ? Optional.of("--from %s is not before --to %s".formatted(from, to))
        : Optional.empty();
  }
}
