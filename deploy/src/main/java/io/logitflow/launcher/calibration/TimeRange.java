package io.logitflow.launcher.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which windows to look at.
 *
 * @param from they begin at it or later
 * @param to they begin before it
 * @param last they begin within this time before the end of the newest window of the model
 */
record TimeRange(Optional<Instant> from, Optional<Instant> to, Optional<Duration> last) {

  /** All windows. */
  static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Whether a window is in the range.
   *
   * @param newestEnd end of the newest window that there is
   */
  boolean holds(Instant start, Instant newestEnd) {
    return from.map(time -> !start.isBefore(time)).orElse(true)
        && to.map(start::isBefore).orElse(true)
        && last.map(time -> !start.isBefore(newestEnd.minus(time))).orElse(true);
  }

  @Override
  public String toString() {
    if (last.isPresent()) {
      return "the last " + last.get().toString().substring(2).toLowerCase(Locale.ROOT);
    }
    return from.map(time -> "from " + time).orElse("from the beginning")
        + to.map(time -> " to " + time).orElse(" on");
  }
}
