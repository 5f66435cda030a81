package io.logitflow.benchmarks.latency;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * A run of a variant at a rate.
 *
 * @param rate as asked for
 * @param recordsPerSecond what it came to
 * @param round number of the round, from 1
 * @param variant name of the variant
 * @param expected number of records that count
 * @param seconds for how long they were sent
 * @param cpuSeconds CPU time of the variant's JVM, with start and end of a job
 * @param histogram latencies in ns of those whose predictions came in time
 */
record LatencyMeasurement(
    Rate rate,
    double recordsPerSecond,
    int round,
    String variant,
    long expected,
    double seconds,
    double cpuSeconds,
    Histogram histogram) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** A percentile in ms: the least latency that so many percent of the records did not exceed. */
  double millis(double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** The largest latency in ms. */
  double maxMillis() {
    return histogram.getMaxValue() / NANOS_PER_MILLI;
  }

  /** Whether every prediction came. */
  boolean complete() {
    return histogram.getTotalCount() >= expected;
  }

  /** Names the run in the log of histograms, which allows neither blanks nor commas. */
  String tag() {
    return "%s@%s#%d".formatted(variant, rate, round);
  }

  /** The columns of {@link #line}. */
  static String header() {
    return "rate,records_per_second,round,variant,expected,received,p50_ms,p90_ms,p99_ms,p99.9_ms,max_ms,cpu_seconds";
  }

  /** The measurement as a line of comma-separated values. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%.0f,%d,%s,%d,%d,%.3f,%.3f,%.3f,%.3f,%.3f,%.2f",
        rate,
        recordsPerSecond,
        round,
        variant,
        expected,
        histogram.getTotalCount(),
        millis(50),
        millis(90),
        millis(99),
        millis(99.9),
        maxMillis(),
        cpuSeconds);
  }
}
