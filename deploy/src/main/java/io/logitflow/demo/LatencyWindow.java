package io.logitflow.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies in ms: of the last few seconds, and of the whole run without its first seconds, in
 * which a JVM compiles more than it serves. One thread records, another one ticks once a second.
 */
final class LatencyWindow {
  /** Seconds that the view looks back. */
  static final int WINDOW_SECONDS = 5;

  /** Seconds at the start that do not count for the whole run. */
  static final int WARM_UP_SECONDS = 5;

  private static final int DIGITS = 3;

  private final Recorder recorder = new Recorder(DIGITS);
  private final Deque<Histogram> recent = new ArrayDeque<>();
  private final Histogram afterWarmUp = new Histogram(DIGITS);
  private final Histogram total = new Histogram(DIGITS);
  private int secondsWithRecords;

  /**
   * Percentiles of latencies in ms, NaN where there are none.
   *
   * @param p50 the median
   * @param p99 what 99 % stay below
   */
  record Percentiles(double p50, double p99) {
    static Percentiles of(Histogram histogram) {
      return histogram.getTotalCount() == 0
          ? new Percentiles(Double.NaN, Double.NaN)
          : new Percentiles(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99));
    }
  }

  /** A record took this many ms; less than 0, which clocks can yield, counts as 0. */
  void record(long millis) {
    recorder.recordValue(Math.max(0, millis));
  }

  /** Ends a second: the percentiles of the last {@link #WINDOW_SECONDS}. */
  Percentiles tick() {
    Histogram second = recorder.getIntervalHistogram();
    if (second.getTotalCount() > 0) {
      secondsWithRecords++;
    }
    total.add(second);
    if (secondsWithRecords > WARM_UP_SECONDS) {
      afterWarmUp.add(second);
    }
    recent.addLast(second);
    if (recent.size() > WINDOW_SECONDS) {
      recent.removeFirst();
    }
    Histogram window = new Histogram(DIGITS);
    recent.forEach(window::add);
    return Percentiles.of(window);
  }

  /** Whether the run was long enough for {@link #wholeRun} to leave out its start. */
  boolean warmedUp() {
    return afterWarmUp.getTotalCount() > 0;
  }

  /** Percentiles of the run without its start, or with it if the run was too short. */
  Percentiles wholeRun() {
    return Percentiles.of(warmedUp() ? afterWarmUp : total);
  }
}
