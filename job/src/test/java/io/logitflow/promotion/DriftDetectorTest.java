package io.logitflow.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftDetectorTest {

  private static final int REFERENCE = 100_000;
  private static final int WINDOW = 100;
  private static final double BASE = 0.1;

  /** With a reference of 100,000 labels and 10% errors, the threshold is at 0.12. */
  private static final DriftPolicy POLICY =
      new DriftPolicy(0.12 - BASE - Math.sqrt(Math.log(40) / (2.0 * REFERENCE)), REFERENCE);

  private static DriftDetector watching() {
    return DriftDetector.START.after(REFERENCE, REFERENCE / 10, POLICY);
  }

  private static int errors(Random random, double rate) {
    int errors = 0;
    for (int i = 0; i < WINDOW; i++) {
      errors += random.nextDouble() < rate ? 1 : 0;
    }
    return errors;
  }

  @Test
  void theThresholdIsTheBoundOfTheReferenceAndTheTolerance() {
    assertThat(watching().threshold(POLICY)).isCloseTo(0.12, within(1e-12));
    assertThat(watching().referenceBound()).isCloseTo(0.1 + 0.004294694, within(1e-8));
  }

  /** As computed by hand from the formula. */
  @Test
  void aWindowIsWorthWhatTheBetBeforeItMakesOfItsCounts() {
    DriftPolicy policy = new DriftPolicy(0.05, 100);
    DriftDetector watching = DriftDetector.START.after(100, 10, policy);
    double threshold = 0.15 + Math.sqrt(Math.log(40) / 200);
    assertThat(watching.threshold(policy)).isCloseTo(threshold, within(1e-12));

    DriftDetector first = watching.after(100, 60, policy);
    assertThat(first.logStatistic()).as("no bet while nothing was seen above it").isZero();
    double mean = 0.6;
    assertThat(first.recentErrorRate()).isEqualTo(mean);

    double excess = mean - threshold;
    double bet = Math.min(excess / (mean * (1 - mean) + excess * excess), 0.5 / threshold);
    double expected = 50 * Math.log(1 + bet * (1 - threshold)) + 50 * Math.log(1 - bet * threshold);
    assertThat(first.after(100, 50, policy).logStatistic()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void thereIsNoFalseAlarm() {
    Random random = new Random(1);
    int alarms = 0;
    for (int run = 0; run < 400; run++) {
      DriftDetector detector = watching();
      for (int window = 0; window < 1_200; window++) {
        detector = detector.after(WINDOW, errors(random, BASE), POLICY);
        if (detector.isAlarm()) {
          alarms++;
          detector = detector.reset(POLICY);
        }
      }
    }

    assertThat(alarms).as("false alarms in 480,000 windows, of which 480 may be").isZero();
  }

  /** After 50 windows without a rise. */
  @ParameterizedTest
  @CsvSource({"0.2, 13", "0.15, 38"})
  void aRiseIsFoundWithinSoManyWindows(double rate, int median) {
    int[] delays = new int[201];
    for (int run = 0; run < delays.length; run++) {
      Random random = new Random(run);
      DriftDetector detector = watching();
      for (int window = 0; window < 50; window++) {
        detector = detector.after(WINDOW, errors(random, BASE), POLICY);
      }
      while (!detector.isAlarm() && delays[run] < 1_000) {
        detector = detector.after(WINDOW, errors(random, rate), POLICY);
        delays[run]++;
      }
    }
    Arrays.sort(delays);

    assertThat(delays[delays.length / 2]).isEqualTo(median);
  }

  /** The windows of 1,000 labels until the next alarm, with half of them wrong. */
  private static int windowsToAlarm(DriftDetector detector) {
    int windows = 0;
    for (DriftDetector next = detector; !next.isAlarm(); windows++) {
      next = next.after(1_000, 500, POLICY);
    }
    return windows;
  }

  private static DriftDetector afterAlarms(int alarms) {
    DriftDetector detector = watching();
    for (int alarm = 0; alarm < alarms; alarm++) {
      while (!detector.isAlarm()) {
        detector = detector.after(1_000, 500, POLICY);
      }
      detector = detector.reset(POLICY);
    }
    return detector;
  }

  @Test
  void aDriftThatGoesOnIsToldOfAgainAfterTwiceAsLongEachTime() {
    assertThat(windowsToAlarm(watching())).isEqualTo(2);
    // The reference has 100,000 labels. One window after the rest has evidence enough.
    assertThat(windowsToAlarm(afterAlarms(1))).isEqualTo(100 + 1);
    assertThat(windowsToAlarm(afterAlarms(2))).isEqualTo(200 + 1);
    assertThat(windowsToAlarm(afterAlarms(3))).isEqualTo(400 + 1);
    assertThat(afterAlarms(3).referenceErrors()).isEqualTo(REFERENCE / 10);
    assertThat(afterAlarms(15).rest()).isEqualTo(1_024L * REFERENCE);
  }

  @Test
  void aDriftAfterOneThatHasPassedIsANewOne() {
    DriftDetector detector = afterAlarms(3);
    while (detector.rest() > 0) {
      detector = detector.after(1_000, 100, POLICY);
    }
    while (!detector.isAlarm()) {
      detector = detector.after(1_000, 500, POLICY);
    }
    assertThat(windowsToAlarm(detector.reset(POLICY))).isEqualTo(100 + 1);
  }

  @Test
  void whereEveryRateIsToleratedThereIsNoAlarm() {
    DriftPolicy generous = new DriftPolicy(1, 10);
    DriftDetector detector = DriftDetector.START.after(10, 5, generous);
    for (int window = 0; window < 100; window++) {
      detector = detector.after(100, 100, generous);
    }

    assertThat(detector.logStatistic()).isZero();
  }
}
