package io.logitflow.demo;

import io.logitflow.config.Guarantee;
import io.logitflow.console.Quantity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the demo is to do.
 *
 * @param dataset data to send
 * @param trainer which of the two models of the data set scores
 * @param rate records per second; empty: as fast as possible
 * @param duration how long to send
 * @param parallelism subtasks of the job
 * @param delivery guarantee of the predictions
 * @param port port of the broker, 0 for a free one
 * @param parent where to make the directory of the run
 * @param keep whether to leave that directory behind
 * @param feedback whether predictions are joined with their labels, measured and recalibrated
 * @param drift whether a drift sets in, and the model retrains itself
 */
record DemoConfig(
    DemoDataset dataset,
    Trainer trainer,
    OptionalDouble rate,
    Duration duration,
    int parallelism,
    Guarantee delivery,
    int port,
    Path parent,
    boolean keep,
    boolean feedback,
    boolean drift) {

  /** Who trained the model that scores. */
  enum Trainer {
    /** Mini-batch gradient descent. */
    SGD,
    /** L-BFGS with an L2 penalty. */
    LBFGS
  }

  /** Before it, this part of the run shows how good the model was. */
  private static final int DRIFT_AFTER = 4;

  private static final long BASE_BYTES = 500_000_000;
  private static final long MAX_BACKLOG_BYTES = 500_000_000;

  /**
   * What is written until a deletion takes effect: offsets, trimming and the broker's own delay.
   */
  private static final double TRIM_DELAY_SECONDS = 10;

  /** What a machine of a few cores can write at most. */
  private static final double MAX_BYTES_PER_SECOND = 300e6;

  /**
   * Bytes that the run may need on disk: what the topics hold at once or, if it is to be kept, all
   * that is sent.
   */
  long neededBytes() {
    double bytesPerSecond =
        Math.min(
            rate.orElse(Double.POSITIVE_INFINITY) * dataset.bytesPerRecord(), MAX_BYTES_PER_SECOND);
    double seconds = keepsRecords() ? duration.toMillis() / 1e3 : TRIM_DELAY_SECONDS;
    return BASE_BYTES + MAX_BACKLOG_BYTES + Math.round(bytesPerSecond * seconds);
  }

  /** When the drift sets in, after the start; empty: never. */
  Optional<Duration> driftAt() {
    return drift ? Optional.of(duration.dividedBy(DRIFT_AFTER)) : Optional.empty();
  }

  /**
   * Whether records stay on the topics until the end: a drift is looked at once more, in a replay.
   */
  boolean keepsRecords() {
    return keep || drift;
  }

  /** Records that may wait to be scored before the generator is held back. */
  long maxBacklog() {
    return MAX_BACKLOG_BYTES / dataset.bytesPerRecord();
  }

  /** What runs, for the head of the view. */
  String title(String separator) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                dataset.toString(),
                dataset.model() + "-" + trainer.name().toLowerCase(Locale.ROOT),
                delivery.toString(),
                "parallelism " + parallelism));
    driftAt().ifPresent(at -> parts.add("drift at " + Quantity.clock(at)));
    return String.join(" " + separator + " ", parts);
  }
}
