package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class RecentHistogramTest {

  private long nanos;
  private final RecentHistogram histogram = new RecentHistogram(() -> nanos);

  @Test
  void withoutValuesEveryStatisticIsZero() {
    HistogramStatistics statistics = histogram.getStatistics();

    assertThat(histogram.getCount()).isZero();
    assertThat(statistics.size()).isZero();
    assertThat(statistics.getMin()).isZero();
    assertThat(statistics.getMax()).isZero();
    assertThat(statistics.getMean()).isZero();
    assertThat(statistics.getStdDev()).isZero();
    assertThat(statistics.getQuantile(0.99)).isZero();
    assertThat(statistics.getValues()).isEmpty();
  }

  @Test
  void statisticsAreRightToTwoDigits() {
    for (int value = 1; value <= 1_000; value++) {
      histogram.update(value);
    }
    HistogramStatistics statistics = histogram.getStatistics();

    assertThat(histogram.getCount()).isEqualTo(1_000);
    assertThat(statistics.size()).isEqualTo(1_000);
    assertThat(statistics.getQuantile(0.5)).isCloseTo(500, within(5.0));
    assertThat(statistics.getQuantile(0.99)).isCloseTo(990, within(10.0));
    assertThat(statistics.getMin()).isEqualTo(1);
    assertThat(statistics.getMax()).isCloseTo(1_000, within(10L));
    assertThat(statistics.getMean()).isCloseTo(500.5, within(5.0));
    assertThat(statistics.getStdDev()).isCloseTo(288.7, within(5.0));
    assertThat(statistics.getValues()).hasSize(1_000).isSorted();
  }

  @Test
  void aClockThatWentBackCountsAsZero() {
    histogram.update(-5);

    assertThat(histogram.getStatistics().getMax()).isZero();
    assertThat(histogram.getCount()).isEqualTo(1);
  }

  @Test
  void valuesAreForgottenAfterHalfToAWholeMinuteButStillCounted() {
    histogram.update(7);
    assertThat(maxAfter(10)).isEqualTo(7);
    assertThat(maxAfter(21)).as("end of its period").isEqualTo(7);
    assertThat(maxAfter(10)).as("the period before").isEqualTo(7);
    assertThat(maxAfter(21)).isEqualTo(7);
    assertThat(maxAfter(1)).isZero();
    assertThat(histogram.getCount()).isEqualTo(1);
  }

  private long maxAfter(int seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    return histogram.getStatistics().getMax();
  }
}
