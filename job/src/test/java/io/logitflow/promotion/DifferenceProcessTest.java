package io.logitflow.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.interval.GammaExponentialMixture;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceProcessTest {

  private static final double ALPHA = 0.05;

  /** Ten differences, which the literals of comparecast and confseq repeat ten times. */
  private static final double[] TEN = {.5, -.25, .75, .5, .25, .5, -.5, .75, .5, .25};

  /** The process after a number of differences, in windows of equal length. */
  private static DifferenceProcess after(int differences, int window) {
    DifferenceProcess process = DifferenceProcess.NONE;
    for (int first = 0; first < differences; first += window) {
      double sum = 0;
      double sumOfSquares = 0;
      for (int i = first; i < first + window; i++) {
        double d = TEN[i % TEN.length];
        sum += d;
        sumOfSquares += d * d;
      }
      process = process.after(window, sum, sumOfSquares);
    }
    return process;
  }

  @Nested
  class OfLiterals {

    private final GammaExponentialMixture mixture = DifferenceProcess.tightestAt(10, ALPHA);

    @ParameterizedTest
    @CsvSource({
      "1, 10, 0.389657290",
      "1, 50, 3.742522645",
      "1, 100, 8.378503784",
      "10, 10, 0.331765743",
      "10, 50, 3.745300906",
      "10, 100, 8.404157435"
    })
    void logEvidence(int window, int differences, double expected) {
      assertThat(after(differences, window).logEvidence(mixture)).isCloseTo(expected, within(1e-8));
    }

    @Test
    void sumsOfAHundred() {
      assertThat(after(100, 1).sum()).isEqualTo(32.5);
      assertThat(after(100, 1).variance()).isCloseTo(16.2366286932, within(1e-9));
      assertThat(after(100, 10).variance()).isCloseTo(16.11875, within(1e-9));
    }

    @Test
    void reachesTheThresholdAtTheFortyFirst() {
      double threshold = Math.log(1 / ALPHA);

      assertThat(after(40, 1).logEvidence(mixture)).isLessThan(threshold);
      assertThat(after(41, 1).logEvidence(mixture)).isGreaterThan(threshold);
    }

    @Test
    void theLowerBoundIsAboveZeroWhenTheThresholdIsReached() {
      assertThat(after(40, 1).lowerBound(mixture, ALPHA)).isNegative();
      assertThat(after(41, 1).lowerBound(mixture, ALPHA)).isPositive();
      assertThat(DifferenceProcess.NONE.lowerBound(mixture, ALPHA)).isNaN();
    }

    @Test
    void theOppositeSignsSayTheOpposite() {
      DifferenceProcess worse = after(100, 10).reversed();

      assertThat(worse.logEvidence(mixture)).isNegative();
      assertThat(worse.reversed()).isEqualTo(after(100, 10));
    }
  }

  /** Differences in [-1, 1] with a mean and a standard deviation, in windows of 50 of them. */
  private static final class Stream {
    private static final int WINDOW = 50;

    private final Random random;
    private final double mean;
    private final double deviation;

    Stream(long seed, double mean, double deviation) {
      this.random = new Random(seed);
      this.mean = mean;
      this.deviation = deviation;
    }

    /** Labels until the threshold is reached; {@code labels} if it is not. */
    int crossing(int labels, GammaExponentialMixture mixture, double threshold) {
      DifferenceProcess process = DifferenceProcess.NONE;
      for (int seen = WINDOW; seen <= labels; seen += WINDOW) {
        double sum = 0;
        double sumOfSquares = 0;
        for (int i = 0; i < WINDOW; i++) {
          double d = next();
          sum += d;
          sumOfSquares += d * d;
        }
        process = process.after(WINDOW, sum, sumOfSquares);
        if (process.logEvidence(mixture) >= threshold) {
          return seen;
        }
      }
      return labels;
    }

    private double next() {
      return Math.max(-1, Math.min(1, mean + deviation * random.nextGaussian()));
    }
  }

  @Nested
  class OverManyStreams {

    private static final int STREAMS = 1_000;

    @ParameterizedTest
    @CsvSource({"0.3", "0.1"})
    void withoutAGainAlphaOfThemCrossAtMost(double deviation) {
      int labels = 5_000;
      GammaExponentialMixture mixture = DifferenceProcess.tightestAt(100, ALPHA);

      long crossed = 0;
      for (int seed = 0; seed < STREAMS; seed++) {
        Stream stream = new Stream(seed, 0, deviation);
        crossed += stream.crossing(labels, mixture, Math.log(1 / ALPHA)) < labels ? 1 : 0;
      }

      assertThat(crossed).isLessThanOrEqualTo((long) (ALPHA * STREAMS));
    }

    /** A large loss that comes seldom is what tests of a mean are fooled by most easily. */
    @Test
    void withoutAGainRareLossesDoNotDeceive() {
      GammaExponentialMixture mixture = DifferenceProcess.tightestAt(100, ALPHA);
      long crossed = 0;
      for (int seed = 0; seed < STREAMS; seed++) {
        Random random = new Random(seed);
        DifferenceProcess process = DifferenceProcess.NONE;
        boolean crosses = false;
        for (int window = 0; window < 100; window++) {
          double sum = 0;
          double sumOfSquares = 0;
          for (int i = 0; i < 50; i++) {
            double d = random.nextDouble() < 0.02 ? -0.98 : 0.02;
            sum += d;
            sumOfSquares += d * d;
          }
          process = process.after(50, sum, sumOfSquares);
          crosses |= process.logEvidence(mixture) >= Math.log(1 / ALPHA);
        }
        crossed += crosses ? 1 : 0;
      }

      assertThat(crossed).isLessThanOrEqualTo((long) (ALPHA * STREAMS));
    }

    /** At level 0.05 with a gain of 0.05, 450 labels are promised. */
    @ParameterizedTest
    @CsvSource({"10, 350", "100, 350"})
    void aGainIsFoundAsSoonAsPromised(double expectedVariance, int median) {
      assertThat(medianLabels(0.05, ALPHA, expectedVariance)).isEqualTo(median);
    }

    /** The table in docs/promotion.md. */
    @ParameterizedTest
    @CsvSource({
      "1, 0.05, 400",
      "1, 0.02, 1300",
      "1, 0.01, 4300",
      "1, 0.005, 14550",
      "10, 0.05, 750",
      "10, 0.02, 3050",
      "10, 0.01, 9750",
      "10, 0.005, 36300"
    })
    void aSmallerGainAndALaterTestTakeMore(int test, double gain, int median) {
      assertThat(medianLabels(gain, AlphaSpending.level(ALPHA, test), 100)).isEqualTo(median);
    }

    private static int medianLabels(double gain, double level, double expectedVariance) {
      GammaExponentialMixture mixture = DifferenceProcess.tightestAt(expectedVariance, level);
      int[] labels = new int[201];
      Arrays.setAll(
          labels,
          seed -> new Stream(seed, gain, 0.2).crossing(40_000, mixture, Math.log(1 / level)));
      Arrays.sort(labels);
      return labels[labels.length / 2];
    }
  }
}
