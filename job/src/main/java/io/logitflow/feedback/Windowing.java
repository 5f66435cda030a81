package io.logitflow.feedback;

import java.io.Serializable;
import java.time.Duration;

/**
 * Windows of prediction event time, and when they are reported.
 *
 * @param size length of the tumbling windows in ms, aligned to the epoch
 * @param maturity how long after its end a window waits for labels before it counts as complete, in
 *     ms
 * @param retention how long after its event time a prediction can be labelled, in ms; a window is
 *     final that long after its end
 */
public record Windowing(long size, long maturity, long retention) implements Serializable {

  /** Windows of these lengths. */
  public static Windowing of(Duration size, Duration maturity, Duration retention) {
    return new Windowing(size.toMillis(), maturity.toMillis(), retention.toMillis());
  }

  /** Start of the window of a time, inclusive. */
  long start(long time) {
    return time - Math.floorMod(time, size);
  }

  /** End of a window, exclusive. */
  long end(long start) {
    return start + size;
  }

  /** The watermark at which a window is complete. */
  long completeAt(long start) {
    return end(start) - 1 + maturity;
  }

  /** The watermark at which a window is final. */
  long finalAt(long start) {
    return end(start) - 1 + retention;
  }

  /** Whether a window is complete or final at the one watermark and was not at the other. */
  boolean fireBetween(long before, long watermark) {
    return watermark == Long.MAX_VALUE
        || before == Long.MIN_VALUE
        || Math.floorDiv(before + 1 - maturity, size)
            != Math.floorDiv(watermark + 1 - maturity, size)
        || Math.floorDiv(before + 1 - retention, size)
            != Math.floorDiv(watermark + 1 - retention, size);
  }
}
