package io.logitflow.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the view shows of one second.
 *
 * @param title what runs: data set, model, guarantee, parallelism
 * @param phase what the demo is about to do
 * @param start when the generator started
 * @param elapsed time since the generator started
 * @param duration how long the generator is to run
 * @param input what the generator does
 * @param rates records per second
 * @param output what the output topics say
 * @param calibration what the feedback job says; empty if it does not run
 * @param recentAccuracy share of right predictions among those that got their label in the last
 *     seconds; NaN if there were none
 * @param latency from the intended send time to the reading of the prediction, in the last seconds
 * @param microBatch mean size of the micro-batches of the last second, in records; NaN if unknown
 * @param addresses where to look
 */
record DemoSnapshot(
    String title,
    Phase phase,
    Instant start,
    Duration elapsed,
    Duration duration,
    Input input,
    Rates rates,
    OutputObservation output,
    Optional<CalibrationObservation> calibration,
    double recentAccuracy,
    LatencyWindow.Percentiles latency,
    double microBatch,
    Addresses addresses) {

  /** What the demo is doing. */
  enum Phase {
    /** The generator sends. */
    RUNNING,
    /** The generator has ended; the job scores what is left. */
    DRAINING
  }

  /**
   * What the generator does.
   *
   * @param sent feature records
   * @param lag how far it is behind its schedule
   */
  record Input(long sent, Duration lag) {}

  /**
   * Records per second.
   *
   * @param in feature records of the last second
   * @param out predictions of the last second
   * @param inHistory of the seconds up to now, oldest first
   * @param outHistory of the seconds up to now, oldest first
   */
  record Rates(double in, double out, List<Double> inHistory, List<Double> outHistory) {}

  /**
   * Where to look.
   *
   * @param broker bootstrap servers
   * @param webUi Flink's web UI
   * @param log file with the log of broker, cluster and job
   * @param calibrationCommand command line that shows more of the calibration
   */
  record Addresses(String broker, String webUi, String log, String calibrationCommand) {}

  /** Records that were sent and have neither a prediction nor a dead letter yet. */
  long backlog() {
    return Math.max(0, input.sent() - output.scored() - output.rejectedRecords());
  }

  /** Share of right predictions among all that have a label; NaN if there are none. */
  double accuracy() {
    return output.labelled() == 0
        ? Double.NaN
        : (double) output.correct() / (double) output.labelled();
  }

  /** The model of the latest prediction. */
  Optional<OutputObservation.ServedModel> model() {
    return output.model();
  }
}
