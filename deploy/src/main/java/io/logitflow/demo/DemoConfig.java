package io.logitflow.demo;

import io.logitflow.config.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
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
    boolean feedback) {

  /** Who trained the model that scores. */
  enum Trainer {
    /** Mini-batch gradient descent. */
    SGD,
    /** L-BFGS with an L2 penalty. */
    LBFGS
  }

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
    double seconds = keep ? duration.toMillis() / 1e3 : TRIM_DELAY_SECONDS;
    return BASE_BYTES + MAX_BACKLOG_BYTES + Math.round(bytesPerSecond * seconds);
  }

  /** Records that may wait to be scored before the generator is held back. */
  long maxBacklog() {
    return MAX_BACKLOG_BYTES / dataset.bytesPerRecord();
  }

  /** What runs, for the head of the view. */
  String title(String separator) {
    return String.join(
        " " + separator + " ",
        dataset.toString(),
        dataset.model() + "-" + trainer.name().toLowerCase(java.util.Locale.ROOT),
        delivery.toString(),
        "parallelism " + parallelism);
  }
}
