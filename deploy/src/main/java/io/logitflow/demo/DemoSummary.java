package io.logitflow.demo;

import io.logitflow.console.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the demo went.
 *
 * @param sent feature records that the generator sent
 * @param output what the output topics said at the end
 * @param calibration what the feedback job said at the end; empty if it did not run
 * @param start when the generator started
 * @param sending how long the generator sent
 * @param latency percentiles of the run
 * @param warmedUp whether the latency leaves out the start of the run
 * @param exactlyOnce whether a record may be scored only once
 */
record DemoSummary(
    long sent,
    OutputObservation output,
    Optional<CalibrationObservation> calibration,
    Instant start,
    Duration sending,
    LatencyWindow.Percentiles latency,
    boolean warmedUp,
    boolean exactlyOnce) {

  /** Records that were sent and have neither a prediction nor a dead letter. */
  long lost() {
    return Math.max(0, sent - output.scored() - output.rejectedRecords());
  }

  /** Whether each record was scored or rejected, and with exactly-once not more often than once. */
  boolean complete() {
    return sent > 0
        && lost() == 0
        && output.foreign() == 0
        && !(exactlyOnce && output.doubled() > 0);
  }

  /** For a person. */
  List<String> lines() {
    double seconds = (double) sending.toMillis() / 1e3;
    List<String> lines = new ArrayList<>();
    lines.add(
        "sent %s   scored %s   lost %s   doubled %s   dead letters %s"
            .formatted(
                Quantity.count(sent),
                Quantity.count(output.scored()),
                Quantity.count(lost()),
                Quantity.count(output.doubled()),
                DashboardView.deadLetters(output)));
    lines.add(
        "throughput %s records/s over %s s   latency p50 %s, p99 %s%s"
            .formatted(
                Quantity.rounded((double) output.scored() / Math.max(0.001, seconds)),
                Quantity.decimal(seconds),
                Quantity.millis(latency.p50()),
                Quantity.millis(latency.p99()),
                warmedUp
                    ? " after the first %d s".formatted(LatencyWindow.WARM_UP_SECONDS)
                    : ", start included"));
    lines.add(
        "accuracy %s: %s right of %s labelled%s"
            .formatted(
                Quantity.percent(
                    output.labelled() == 0
                        ? Double.NaN
                        : (double) output.correct() / (double) output.labelled()),
                Quantity.count(output.correct()),
                Quantity.count(output.labelled()),
                output
                    .model()
                    .map(
                        model ->
                            "   model version %d, weights %s"
                                .formatted(model.version(), model.checksum()))
                    .orElse("")));
    if (calibration.isPresent()) {
      lines.add("");
      lines.addAll(CalibrationView.summary(calibration.get(), start));
      long unmeasured = output.labelled() - calibration.get().labelled();
      if (unmeasured > 0) {
        lines.add(
            "%s labelled predictions are missing here: the feedback job was behind at the end."
                .formatted(Quantity.count(unmeasured)));
      }
      lines.add("");
    }
    lines.add(verdict());
    return lines;
  }

  private String verdict() {
    if (sent == 0) {
      return "Nothing was sent.";
    }
    if (lost() > 0) {
      return "%s of the records that were sent have not been scored."
          .formatted(Quantity.count(lost()));
    }
    if (exactlyOnce && output.doubled() > 0) {
      return "%s records were scored twice in spite of exactly-once."
          .formatted(Quantity.count(output.doubled()));
    }
    if (output.foreign() > 0) {
      return "%s records on the output topics cannot come from this demo."
          .formatted(Quantity.count(output.foreign()));
    }
    return output.rejectedRecords() == 0
        ? "Every record that was sent was scored."
        : "Every record that was sent was scored or is a dead letter.";
  }
}
