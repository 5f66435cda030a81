package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.calibration.Outcomes.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationStatisticsTest {

  private static final int CLASSES = 10;

  private final List<Outcome> outcomes = Outcomes.random(500, CLASSES, 1.5, 1);
  private final CalibrationStatistics all = Outcomes.statistics(CLASSES, outcomes);

  @Nested
  class TheSameRecords {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void inAnyOrderAndPartitioningGiveEqualStatistics(long seed) {
      Random random = new Random(seed);
      List<Outcome> shuffled = new ArrayList<>(outcomes);
      Collections.shuffle(shuffled, random);
      List<CalibrationStatistics> parts = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        parts.add(new CalibrationStatistics(CLASSES));
      }
      shuffled.forEach(outcome -> outcome.addTo(parts.get(random.nextInt(7))));
      CalibrationStatistics merged = new CalibrationStatistics(CLASSES);
      parts.forEach(merged::merge);

      assertThat(merged).isEqualTo(all).hasSameHashCodeAs(all);
    }

    @Test
    void mergeCommutesAndLeavesItsArgumentAsItIs() {
      CalibrationStatistics left = Outcomes.statistics(CLASSES, outcomes.subList(0, 200));
      CalibrationStatistics right = Outcomes.statistics(CLASSES, outcomes.subList(200, 500));
      CalibrationStatistics rightBefore = right.copy();
      CalibrationStatistics swapped = right.copy();
      swapped.merge(left);
      left.merge(right);

      assertThat(left).isEqualTo(swapped).isEqualTo(all);
      assertThat(right).isEqualTo(rightBefore);
    }

    @Test
    void removedAgainWereNeverThere() {
      CalibrationStatistics some = Outcomes.statistics(CLASSES, outcomes.subList(0, 100));
      List<Outcome> rest = new ArrayList<>(outcomes.subList(100, 500));
      Collections.shuffle(rest, new Random(5));
      rest.forEach(outcome -> outcome.removeFrom(all));

      assertThat(all).isEqualTo(some).hasSameHashCodeAs(some);
      outcomes.subList(0, 100).forEach(outcome -> outcome.removeFrom(all));
      assertThat(all.isEmpty()).isTrue();
      assertThat(all).isEqualTo(new CalibrationStatistics(CLASSES));
    }

    @Test
    void withACorrectedLabelAreThoseOfTheRightOne() {
      Outcome wrong = outcomes.get(0);
      Outcome right = new Outcome(wrong.served(), (wrong.label() + 1) % CLASSES, 77);
      List<Outcome> corrected = new ArrayList<>(outcomes);
      corrected.set(0, right);
      all.removeOutcome(wrong.served(), wrong.label(), wrong.delayMillis());
      all.addOutcome(right.served(), right.label(), right.delayMillis());

      assertThat(all).isEqualTo(Outcomes.statistics(CLASSES, corrected));
    }

    @Test
    void withClassesRenamedHaveTheirClasswiseErrorsRenamed() {
      int[] renamed = {3, 1, 4, 0, 5, 9, 2, 6, 8, 7};
      CalibrationStatistics permuted = new CalibrationStatistics(CLASSES);
      for (Outcome outcome : outcomes) {
        float[] logits = new float[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
          logits[renamed[k]] = outcome.served().logits()[k];
        }
        new Outcome(Outcomes.served(logits, 0), renamed[outcome.label()], 0).addTo(permuted);
      }
      double[] before = CalibrationMetrics.of(all).classwiseErrors();
      double[] after = CalibrationMetrics.of(permuted).classwiseErrors();

      for (int k = 0; k < CLASSES; k++) {
        assertThat(after[renamed[k]]).isCloseTo(before[k], within(1e-6));
      }
    }

    @Test
    void ofOtherNumbersOfClassesAreNotMerged() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> all.merge(new CalibrationStatistics(3)))
          .withMessageContaining("3 classes cannot be merged into those of 10");
    }
  }

  @Nested
  class APredictionThatIsNoDistribution {

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -0.1f, 0.502f, 0.498f})
    void countsAsInvalidAndNowhereElse(float second) {
      ServedDistribution served = served(0, 0.5f, second);
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addPrediction(served);
      statistics.addOutcome(served, 0, 10);
      statistics.addPaired(served, served(0, 1, 0), 1, 0, 0);
      statistics.addPaired(served(0, 1, 0), served, 1, 0, 0);

      assertThat(statistics.predictions()).isEqualTo(1);
      assertThat(statistics.invalid()).isEqualTo(1);
      statistics.removePrediction(served);
      assertThat(statistics.isEmpty()).isTrue();
    }

    @Test
    void mayHaveTooManyClassesOrALabelBeyondThem() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addPrediction(served(0, 0.5f, 0.25f, 0.25f));
      statistics.addPrediction(served(2, 0.5f, 0.5f));
      statistics.addPrediction(served(-1, 0.5f, 0.5f));

      assertThat(statistics.invalid()).isEqualTo(3);
    }

    @Test
    void isNotOneThatMissesOneByRounding() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addPrediction(served(0, 0.5f, 0.5004f));
      statistics.addOutcome(served(0, 1.0001f, 0), 0, 0);

      assertThat(statistics.invalid()).isZero();
      assertThat(CalibrationMetrics.of(statistics).meanConfidence()).isEqualTo(1);
    }
  }

  @Test
  void anUnknownClassIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> all.addOutcome(outcomes.get(0).served(), CLASSES, 0));
  }

  @Nested
  class AProbabilityOfTheTrueClassOfZero {

    private final float[] probabilities = {1, 0};
    private final float[] logits = {100, -100};

    @Test
    void isClippedAndCounted() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addOutcome(new ServedDistribution(0, probabilities, logits, false, 0), 1, 0);

      assertThat(statistics.clippedNll()).isEqualTo(1);
      assertThat(CalibrationMetrics.of(statistics).nll())
          .isCloseTo(15 * Math.log(10), within(1e-12));
    }

    @Test
    void isThatOfTheLogitsWhereTheseWereServed() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      statistics.addOutcome(new ServedDistribution(0, probabilities, logits, true, 0), 1, 0);

      assertThat(statistics.clippedNll()).isEqualTo(1);
      assertThat(CalibrationMetrics.of(statistics).nll()).isEqualTo(200);
    }
  }

  @Nested
  class TheTemperatureSums {

    @Test
    void leaveOutWhatHasNoFiniteLogits() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      float[] p = {0.75f, 0.25f};
      for (float[] logits :
          List.of(new float[0], new float[] {1, Float.NaN}, new float[] {1, 0, 0})) {
        statistics.addOutcome(new ServedDistribution(0, p, logits, false, 0), 0, 0);
      }

      assertThat(statistics.labelled()).isEqualTo(3);
      assertThat(statistics.temperatureRecords()).isZero();
      assertThat(statistics.temperature()).isEqualTo(new TemperatureGrid());
    }

    @Test
    void takeASampleThatTheRecordDecidesAboveSixtyFourClasses() {
      List<Outcome> wide = Outcomes.random(2000, 200, 1, 9);
      CalibrationStatistics statistics = Outcomes.statistics(200, wide);

      // A quarter: ceil(200 / 64) = 4.
      assertThat(statistics.temperatureRecords()).isBetween(420L, 580L);
      wide.forEach(outcome -> outcome.removeFrom(statistics));
      assertThat(statistics.isEmpty()).isTrue();
    }

    @Test
    void standExtremeLogits() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      float[] logits = {Float.MAX_VALUE, -Float.MAX_VALUE};
      ServedDistribution served = new ServedDistribution(0, new float[] {1, 0}, logits, true, 0);
      statistics.addOutcome(served, 1, 0);
      statistics.addOutcome(served, 0, 0);

      assertThat(CalibrationMetrics.of(statistics).nll()).isEqualTo(0x1p41);
      statistics.removeOutcome(served, 0, 0);
      statistics.removeOutcome(served, 1, 0);
      assertThat(statistics.isEmpty()).isTrue();
    }
  }

  @Nested
  class Pairs {

    private final ServedDistribution sure = served(0, 0.9f, 0.1f);
    private final ServedDistribution unsure = served(1, 0.4f, 0.6f);
    private final CalibrationStatistics statistics = new CalibrationStatistics(2);

    @Test
    void areKeptPerVersionOfTheChampion() {
      statistics.addPaired(sure, unsure, 7, 0, 0);
      statistics.addPaired(sure, unsure, 7, 1, 1);
      statistics.addPaired(unsure, sure, 8, 0, 0);

      assertThat(statistics.paired()).containsOnlyKeys(7L, 8L);
      PairedStatistics seven = statistics.paired().get(7L);
      // Half-Brier scores: 0.01 and 0.36 if class 0 is true, 0.81 and 0.16 if class 1 is.
      assertThat(seven.count()).isEqualTo(2);
      assertThat(seven.sumDifference()).isCloseTo(0.35 - 0.65, within(1e-6));
      assertThat(seven.sumDifferenceSquared()).isCloseTo(0.35 * 0.35 + 0.65 * 0.65, within(1e-6));
      assertThat(seven.challengerOnlyCorrect()).isEqualTo(1);
      assertThat(seven.championOnlyCorrect()).isEqualTo(1);
    }

    @Test
    void removedAgainWereNeverThere() {
      statistics.addPaired(sure, unsure, 7, 0, 0);
      CalibrationStatistics other = statistics.copy();
      other.addPaired(unsure, sure, 8, 1, 1);
      other.removePaired(sure, unsure, 7, 0, 0);

      assertThat(other.paired()).containsOnlyKeys(8L);
      other.removePaired(unsure, sure, 8, 1, 1);
      assertThat(other.isEmpty()).isTrue();
      assertThat(statistics.paired()).containsOnlyKeys(7L);
    }
  }

  @Nested
  class TheBinaryForm {

    @Test
    void isReadBack() throws IOException {
      all.addLabels(1, 2, 3, 4, 5);
      all.addDuplicatePredictions(-6);
      all.addPaired(outcomes.get(0).served(), outcomes.get(1).served(), 12, 3, 3);

      assertThat(read(written(all))).isEqualTo(all);
      assertThat(read(written(new CalibrationStatistics(3))))
          .isEqualTo(new CalibrationStatistics(3));
    }

    @Test
    void isTheSameForEqualStatistics() throws IOException {
      CalibrationStatistics touched = new CalibrationStatistics(CLASSES);
      outcomes.forEach(outcome -> outcome.addTo(touched));
      outcomes.forEach(outcome -> outcome.removeFrom(touched));

      assertThat(written(touched)).isEqualTo(written(new CalibrationStatistics(CLASSES)));
    }

    @Test
    void isRefusedWhereItEndsEarly() throws IOException {
      byte[] bytes = written(all);
      for (int length = 0; length < bytes.length; length += 97) {
        byte[] truncated = Arrays.copyOf(bytes, length);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(truncated));
      }
    }

    @Test
    void isRefusedOrOneOfSomeStatisticsWhereBytesChanged() throws IOException {
      byte[] bytes = written(all);
      Random random = new Random(4);
      for (int i = 0; i < 500; i++) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(written(read(changed))).startsWith(1);
        } catch (IOException e) {
          assertThat(e).isNotNull();
        }
      }
    }

    @Test
    void isRefusedInAnotherFormat() {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> read(new byte[] {9, 0}))
          .withMessage("calibration statistics have format 9, expected 1");
    }

    private static byte[] written(CalibrationStatistics statistics) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CalibrationStatisticsFormat.write(statistics, new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    private static CalibrationStatistics read(byte[] bytes) throws IOException {
      return CalibrationStatisticsFormat.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
  }

  private static ServedDistribution served(int label, float... probabilities) {
    return new ServedDistribution(label, probabilities, new float[0], false, 0);
  }
}
