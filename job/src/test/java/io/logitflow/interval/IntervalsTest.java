package io.logitflow.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

  private static final double ALPHA = 0.05;

  /** The variance process for which the tests of confseq tune their boundaries. */
  private static final double V_OPT = 100;

  @ParameterizedTest
  @CsvSource({"700, 1000, 0.6708761, 0.7275932", "0, 10, 0, 0.2775328", "10, 10, 0.7224672, 1"})
  void wilson(long successes, long trials, double lower, double upper) {
    assertInterval(
        WilsonInterval.of(successes, trials, StandardNormal.Z_95), lower, upper, within(1e-7));
  }

  /** From uniform_boundaries_unittest.cpp and the Python tests of confseq. */
  @ParameterizedTest
  @CsvSource({
    "700, 1000, 100, 0.651629, 0.745949",
    "15, 50, 50, 0.129556, 0.511896",
    "5, 50, 50, 0.013021, 0.269264",
    "1, 50, 50, 0, 0.13489",
    "1, 2, 2, 0, 1",
    "100, 200, 1, 0.328923, 0.671076"
  })
  void confidenceSequenceOfAProportion(
      long successes, long trials, double tightestAt, double lower, double upper) {
    Interval interval =
        BetaBinomialMixture.confidenceSequence(successes, trials, ALPHA, tightestAt);

    assertInterval(interval, lower, upper, within(2e-5));
  }

  @Test
  void confidenceSequencesAreSymmetricAndEndAtTheLimits() {
    Interval none = BetaBinomialMixture.confidenceSequence(0, 100, ALPHA, 100);
    Interval all = BetaBinomialMixture.confidenceSequence(100, 100, ALPHA, 100);

    assertThat(none.lower()).isZero();
    assertThat(all.upper()).isEqualTo(1);
    assertThat(all.lower()).isCloseTo(1 - none.upper(), within(1e-12));
  }

  @Test
  void noTrialsSayNothing() {
    assertThat(WilsonInterval.of(0, 0, StandardNormal.Z_95)).isEqualTo(Interval.UNDEFINED);
    assertThat(BetaBinomialMixture.confidenceSequence(0, 0, ALPHA, 100))
        .isEqualTo(Interval.UNDEFINED);
  }

  @Test
  void normalMixtureOfConfseq() {
    NormalMixture mixture = NormalMixture.tightestAt(V_OPT, ALPHA);

    assertThat(mixture.rho()).isCloseTo(12.60056, within(1e-5));
    assertThat(mixture.bound(100, ALPHA)).isCloseTo(30.35209, within(1e-5));
    assertThat(mixture.logMixture(mixture.bound(100, ALPHA), 100))
        .isCloseTo(Math.log(1 / ALPHA), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"2, -0.2490165, 33.02017", "1, -0.1560554612, 30.2381296"})
  void gammaExponentialMixtureOfConfseq(double scale, double logMixture, double bound) {
    GammaExponentialMixture mixture = GammaExponentialMixture.tightestAt(V_OPT, ALPHA, scale);

    assertThat(mixture.logMixture(10, 100)).isCloseTo(logMixture, within(1e-7));
    assertThat(mixture.bound(100, ALPHA)).isCloseTo(bound, within(1e-5));
  }

  @Test
  void betaBinomialMixtureOfConfseq() {
    BetaBinomialMixture mixture = BetaBinomialMixture.tightestAt(V_OPT, ALPHA, 0.2, 0.8);

    assertThat(mixture.logMixture(10, 100)).isCloseTo(-0.6941012, within(1e-7));
  }

  @Test
  void mixturesStayFiniteFarOut() {
    GammaExponentialMixture mixture = GammaExponentialMixture.tightestAt(V_OPT, ALPHA, 2);

    assertThat(mixture.logMixture(-1e5, 1e5)).isFinite().isNegative();
    assertThat(mixture.logMixture(1e6, 1e6)).isFinite().isPositive();
    assertThat(mixture.logMixture(-1e6, 1e3)).isFinite().isNegative();
  }

  /** By mpmath with 30 digits. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.1, -1.0634020471545286",
    "30, 2, -55.797276912650297",
    "5000, 1000, -4052.1440328893922",
    "1e6, 9e5, -5366.039856607687",
    "3, 40, -3.5728659287002328e-15"
  })
  void logOfTheRegularisedGammaFunction(double a, double x, double expected) {
    assertThat(LogRegularisedGamma.lower(a, x))
        .isCloseTo(expected, within(1e-11 * Math.abs(expected)));
  }

  @Test
  void normalTails() {
    assertThat(StandardNormal.twoSidedTail(StandardNormal.Z_95)).isCloseTo(0.05, within(1e-15));
    assertThat(StandardNormal.upperQuantile(0.025)).isCloseTo(StandardNormal.Z_95, within(1e-14));
  }

  /** The guarantee itself: looked at after every trial, few of the sequences ever miss. */
  @Test
  void confidenceSequencesHoldAtAllTimesAtOnce() {
    double proportion = 0.3;
    int runs = 400;
    int missed = 0;
    for (int run = 0; run < runs; run++) {
      Random random = new Random(run);
      long successes = 0;
      boolean outside = false;
      for (int trials = 1; trials <= 500 && !outside; trials++) {
        successes += random.nextDouble() < proportion ? 1 : 0;
        if (trials % 10 == 0) {
          Interval interval = BetaBinomialMixture.confidenceSequence(successes, trials, ALPHA, 100);
          outside = interval.lower() > proportion || interval.upper() < proportion;
        }
      }
      missed += outside ? 1 : 0;
    }

    assertThat(missed).isLessThanOrEqualTo((int) (ALPHA * runs));
  }

  private static void assertInterval(
      Interval interval, double lower, double upper, Offset<Double> tolerance) {
    assertThat(interval.lower()).isCloseTo(lower, tolerance);
    assertThat(interval.upper()).isCloseTo(upper, tolerance);
  }
}
