package io.logitflow.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadRateTest {
  private static final long SECOND = 1_000_000_000;

  @Nested
  final class Steady {
    @Test
    void recordsAreEvenlySpaced() {
      LoadRate rate = LoadRate.of(4);
      assertThat(rate.dueNanos(0)).isZero();
      assertThat(rate.dueNanos(1)).isEqualTo(SECOND / 4);
      assertThat(rate.dueNanos(4_000_000_000L)).isEqualTo(1_000_000_000 * SECOND);
      assertThat(rate.perSecondAt(5 * SECOND)).isEqualTo(4);
    }

    @Test
    void unlimitedRateIsDueAtOnce() {
      assertThat(LoadRate.UNLIMITED.unlimited()).isTrue();
      assertThat(LoadRate.UNLIMITED.dueNanos(1_000_000)).isZero();
    }
  }

  @Nested
  final class Bursts {
    /** 10 a second; from second 2 on, every 2 s, half a second of 50 a second. */
    private final LoadRate rate = new LoadRate(10, Optional.of(Burst.parse("5x:500ms:every=2s")));

    @Test
    void firstBurstBeginsAfterOneInterval() {
      assertThat(rate.dueNanos(19)).isEqualTo(19 * SECOND / 10);
      assertThat(rate.dueNanos(20)).isEqualTo(2 * SECOND);
      assertThat(rate.dueNanos(21)).isEqualTo(2 * SECOND + SECOND / 50);
    }

    @Test
    void restOfTheIntervalIsAtTheOrdinaryRate() {
      // 20 before, 25 in the burst, 15 in the 1.5 s after it.
      assertThat(rate.dueNanos(45)).isEqualTo(2 * SECOND + SECOND / 2);
      assertThat(rate.dueNanos(46)).isEqualTo(2 * SECOND + SECOND / 2 + SECOND / 10);
      assertThat(rate.dueNanos(60)).isEqualTo(4 * SECOND);
      assertThat(rate.dueNanos(100)).isEqualTo(6 * SECOND);
    }

    @Test
    void numberOfRecordsInAnIntervalIsTheAreaUnderTheRate() {
      int[] counts = new int[20];
      for (long record = 0; record < 380; record++) {
        counts[(int) (rate.dueNanos(record) / (2 * SECOND))]++;
      }
      assertThat(counts[0]).isEqualTo(20);
      for (int i = 1; i < 10; i++) {
        assertThat(counts[i]).as("interval %d", i).isEqualTo(40);
      }
    }

    @Test
    void recordsNeverGoBackInTime() {
      long before = -1;
      for (long record = 0; record < 10_000; record++) {
        assertThat(rate.dueNanos(record)).isGreaterThan(before);
        before = rate.dueNanos(record);
      }
    }

    @Test
    void rateOfTheMomentFollowsTheBursts() {
      assertThat(rate.perSecondAt(SECOND / 4)).isEqualTo(10);
      assertThat(rate.perSecondAt(2 * SECOND)).isEqualTo(50);
      assertThat(rate.perSecondAt(5 * SECOND / 2)).isEqualTo(10);
    }
  }

  @Nested
  final class Text {
    @ParameterizedTest
    @CsvSource({"0,0", "5000,5000", "5k,5000", "1.5M,1500000", "0.1,0.1"})
    void numbersAndUnitsAreRead(String text, double expected) {
      assertThat(LoadRate.parsePerSecond(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "-1", "5K", "5 000", "1e3", "101M"})
    void otherRatesAreRefused(String text) {
      assertThatThrownBy(() -> LoadRate.parsePerSecond(text))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "10x",
          "10:2s:every=30s",
          "10x:2s",
          "10x:2s:30s",
          "0x:2s:every=30s",
          "10x:30s:every=30s",
          "10x:0s:every=30s",
          "10x:soon:every=30s"
        })
    void otherBurstsAreRefused(String text) {
      assertThatThrownBy(() -> Burst.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void burstWithoutARateIsRefused() {
      assertThatThrownBy(() -> new LoadRate(0, Optional.of(Burst.parse("2x:1s:every=2s"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("bursts need a rate above 0 to multiply");
    }
  }
}
