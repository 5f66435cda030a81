package io.logitflow.generator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.generator.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelDelayTest {

  /** Quartiles of the distributions, in seconds, from their closed forms. */
  @ParameterizedTest
  @CsvSource({
    "none,0,0,0",
    "constant:3s,3,3,3",
    "uniform:1s..5s,2,3,4",
    "exponential:10s,2.8768,6.9315,13.8629",
    "lognormal:10s:0.5,7.1372,10,14.0112"
  })
  void quartilesAreThoseOfTheDistribution(String text, double lower, double median, double upper) {
    double[] seconds = draw(LabelDelay.parse(text), 40_000);
    Arrays.sort(seconds);
    // Far above five standard errors of a quartile of 40,000 draws.
    assertThat(seconds[10_000]).isCloseTo(lower, within(0.03 * lower));
    assertThat(seconds[20_000]).isCloseTo(median, within(0.03 * median));
    assertThat(seconds[30_000]).isCloseTo(upper, within(0.03 * upper));
    assertThat(seconds[0]).isNotNegative();
  }

  @Test
  void uniformStaysWithinItsBounds() {
    double[] seconds = draw(LabelDelay.parse("uniform:1s..5s"), 10_000);
    assertThat(Arrays.stream(seconds).min().orElseThrow()).isBetween(1.0, 1.01);
    assertThat(Arrays.stream(seconds).max().orElseThrow()).isBetween(4.99, 5.0);
  }

  @Test
  void onlyNoDelayIsNone() {
    assertThat(LabelDelay.parse("none").isNone()).isTrue();
    assertThat(LabelDelay.parse("constant:0s").isNone()).isTrue();
    assertThat(LabelDelay.parse("constant:1ms").isNone()).isFalse();
    assertThat(LabelDelay.parse("exponential:1s").isNone()).isFalse();
  }

  @Test
  void extremeDelayStaysWithinTheRangeOfTime() {
    SeededRandom random = new SeededRandom(0);
    LabelDelay delay = LabelDelay.parse("lognormal:10000d:9");
    for (int i = 0; i < 1_000; i++) {
      assertThat(delay.drawNanos(random)).isBetween(0L, 1L << 61);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30s",
        "constant",
        "constant:",
        "uniform:5s",
        "uniform:5s..1s",
        "exponential:0s",
        "exponential:30s:2",
        "lognormal:30s",
        "lognormal:30s:-1",
        "normal:3s"
      })
  void otherDelaysAreRefused(String text) {
    assertThatThrownBy(() -> LabelDelay.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] draw(LabelDelay delay, int count) {
    SeededRandom random = new SeededRandom(42);
    double[] seconds = new double[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = delay.drawNanos(random) / 1e9;
    }
    return seconds;
  }
}
