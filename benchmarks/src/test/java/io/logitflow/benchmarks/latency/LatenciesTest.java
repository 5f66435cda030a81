package io.logitflow.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected percentiles follow from arithmetic on the schedule. */
class LatenciesTest {

  private static final long MILLI = 1_000_000;

  /** HdrHistogram keeps three digits. */
  private static final double PRECISION = 0.002;

  private final Schedule schedule = new Schedule(0, 1_000, 1);

  @Test
  void aStallCountsForEveryRecordThatWasDueInIt() {
    // 1,000 records/s, each answered at once, but for a stall from 500 ms to 600 ms: what was due
    // in it is answered at its end, so 100 latencies go evenly from 100 ms down to 1 ms.
    Latencies latencies = new Latencies(schedule, 0, 1_000);
    for (int number = 0; number < 1_000; number++) {
      long due = number * MILLI;
      latencies.received(number, number >= 500 && number < 600 ? 600 * MILLI : due);
    }

    Histogram histogram = latencies.histogram();
    assertThat(latencies.complete()).isTrue();
    assertThat(histogram.getValueAtPercentile(50)).isLessThan(1_000);
    assertThat((double) histogram.getValueAtPercentile(95)).isCloseTo(50 * MILLI, relative(50));
    assertThat((double) histogram.getValueAtPercentile(99)).isCloseTo(90 * MILLI, relative(90));
    assertThat((double) histogram.getMaxValue()).isCloseTo(100 * MILLI, relative(100));
  }

  @Test
  void warmUpAndProbesDoNotCount() {
    Latencies latencies = new Latencies(schedule, 10, 12);

    latencies.received(9, 500 * MILLI);
    latencies.received(900_000_000_000L, 500 * MILLI);
    latencies.received(10, 11 * MILLI);
    assertThat(latencies.complete()).isFalse();
    latencies.received(11, 12 * MILLI);

    assertThat(latencies.complete()).isTrue();
    assertThat(latencies.histogram().getTotalCount()).isEqualTo(2);
    assertThat((double) latencies.histogram().getMaxValue()).isCloseTo(MILLI, relative(1));
  }

  private static Offset<Double> relative(double millis) {
    return within(millis * MILLI * PRECISION);
  }
}
