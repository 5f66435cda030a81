package io.logitflow.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final long START = 123_456_789_012L;

  @Test
  void recordsAreSpreadEvenlyFromTheStartOn() {
    Schedule schedule = new Schedule(START, 5_000, 1);

    assertThat(schedule.intendedNanos(0)).isEqualTo(START);
    assertThat(schedule.intendedNanos(1)).isEqualTo(START + 200_000);
    assertThat(schedule.intendedNanos(5_000)).isEqualTo(START + 1_000_000_000);
    assertThat(schedule.records(Duration.ofMillis(1_500))).isEqualTo(7_500);
  }

  @Test
  void recordsOfABurstHaveItsTime() {
    // 2,500 records/s in bursts of 1 ms: 3 and 2 in turns.
    Schedule schedule = new Schedule(START, 2_500, 1_000_000);

    assertThat(schedule.intendedNanos(2)).isEqualTo(START);
    assertThat(schedule.intendedNanos(3)).isEqualTo(START + 1_000_000);
    assertThat(schedule.intendedNanos(5)).isEqualTo(START + 2_000_000);
    assertThat(schedule.due(START)).isEqualTo(3);
    assertThat(schedule.due(START + 999_999)).isEqualTo(3);
    assertThat(schedule.due(START + 1_000_000)).isEqualTo(5);
    assertThat(schedule.due(START + 2_000_000)).isEqualTo(8);
    assertThat(schedule.nextNanos(5, START + 1_000_000)).isEqualTo(START + 2_000_000);
  }

  @Test
  void nothingIsDueBeforeTheStart() {
    assertThat(new Schedule(START, 5_000, 1).due(START - 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3, 7, 999, 5_000, 20_000, 433_333.3})
  void aRecordIsDueFromItsTimeOnAndNotBefore(double rate) {
    Schedule schedule = new Schedule(START, rate, 1);

    for (long number : new long[] {0, 1, 2, 3, 6, 7, 100, 12_345, 9_999_999}) {
      long time = schedule.intendedNanos(number);
      assertThat(schedule.due(time)).as("record %d at its time", number).isEqualTo(number + 1);
      assertThat(schedule.due(time - 1)).as("record %d before it", number).isEqualTo(number);
      assertThat(schedule.nextNanos(number, time - 1)).isEqualTo(time);
    }
  }
}
