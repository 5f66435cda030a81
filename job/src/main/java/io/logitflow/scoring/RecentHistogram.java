package io.logitflow.scoring;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Recorder;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram of the last half to whole minute with two significant digits. Written by the task
 * thread without a lock, read by the metric reporters.
 */
final class RecentHistogram implements Histogram {

  private static final int DIGITS = 2;
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoClock;
  private final Recorder recorder = new Recorder(DIGITS);
  private org.HdrHistogram.Histogram previous = new org.HdrHistogram.Histogram(DIGITS);
  private org.HdrHistogram.Histogram current = new org.HdrHistogram.Histogram(DIGITS);
  private long periodStart;
  private long count;

  RecentHistogram() {
    this(System::nanoTime);
  }

  /** Creates a histogram that ages by a clock of nanoseconds. */
  RecentHistogram(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.periodStart = nanoClock.getAsLong();
  }

  @Override
  public void update(long value) {
    recorder.recordValue(Math.max(0, value));
    count++;
  }

  @Override
  public long getCount() {
    return count;
  }

  @Override
  public synchronized HistogramStatistics getStatistics() {
    current.add(recorder.getIntervalHistogram());
    org.HdrHistogram.Histogram recent = previous.copy();
    recent.add(current);
    long now = nanoClock.getAsLong();
    if (now - periodStart > PERIOD_NANOS) {
      previous = current;
      current = new org.HdrHistogram.Histogram(DIGITS);
      periodStart = now;
    }
    return new Statistics(recent);
  }

  /** A view of a histogram that nobody writes to any more. */
  private static final class Statistics extends HistogramStatistics {

    private final org.HdrHistogram.Histogram histogram;

    Statistics(org.HdrHistogram.Histogram histogram) {
      this.histogram = histogram;
    }

    @Override
    public double getQuantile(double quantile) {
      return histogram.getValueAtPercentile(quantile * 100);
    }

    @Override
    public long[] getValues() {
      long[] values = new long[Math.toIntExact(Math.min(histogram.getTotalCount(), 10_000))];
      double step = 100.0 / values.length;
      for (int i = 0; i < values.length; i++) {
        values[i] = histogram.getValueAtPercentile((i + 1) * step);
      }
      return values;
    }

    @Override
    public int size() {
      return Math.toIntExact(Math.min(histogram.getTotalCount(), Integer.MAX_VALUE));
    }

    @Override
    public double getMean() {
      return histogram.getMean();
    }

    @Override
    public double getStdDev() {
      return histogram.getStdDeviation();
    }

    @Override
    public long getMax() {
      return histogram.getMaxValue();
    }

    @Override
    public long getMin() {
      return histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue();
    }
  }
}
