package io.logitflow.generator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DriftPlanTest {
  private static Dataset digits;
  private static Rows rows;

  @BeforeAll
  static void open() throws Exception {
    digits = DatasetCatalogue.open("digits");
    rows = digits.rows(Split.ALL);
  }

  @Nested
  final class Labels {
    @Test
    void frequenciesBecomeProportionalToWeightTimesFrequency() {
      // Class counts of the whole set: its README.
      int[] counts = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
      double[] weights = {0, 4, 1, 1, 1, 1, 1, 1, 1, 2};
      double total = 0;
      for (int k = 0; k < 10; k++) {
        total += weights[k] * counts[k];
      }
      DriftPlan plan = plan("labels:0=0,1=4,9=2");
      int[] kept = new int[10];
      int sum = 0;
      Row row = rows.newRow();
      for (int pass = 0; pass < 40; pass++) {
        for (int i = 0; i < rows.size(); i++) {
          rows.read(i, row);
          if (plan.keeps(row, pass, i, 0, 0)) {
            kept[row.label()]++;
            sum++;
          }
        }
      }
      for (int k = 0; k < 10; k++) {
        double share = weights[k] * counts[k] / total;
        assertThat((double) kept[k] / sum)
            .as("class %d", k)
            .isCloseTo(share, within(5 * Math.sqrt(share / sum)));
      }
      assertThat(kept[0]).isZero();
    }

    @Test
    void gradualShiftKeepsEveryRowBeforeItBegins() {
      DriftPlan plan = plan("labels:0=0@100..200");
      Row row = rows.newRow();
      int keptHalfway = 0;
      int zeros = 0;
      for (int i = 0; i < rows.size(); i++) {
        rows.read(i, row);
        assertThat(plan.keeps(row, 0, i, 0, 100)).isTrue();
        if (row.label() == 0) {
          zeros++;
          keptHalfway += plan.keeps(row, 0, i, 0, 150) ? 1 : 0;
          assertThat(plan.keeps(row, 0, i, 0, 200)).isFalse();
        }
      }
      assertThat(keptHalfway).isBetween(zeros / 2 - 34, zeros / 2 + 34);
    }

    @Test
    void trueProbabilitiesBecomeThoseOfTheShiftedStream() {
      Dataset synthetic =
          DatasetCatalogue.synthetic(DatasetCatalogue.syntheticModel(4, 3, 1), 40_000, 1);
      Rows stream = synthetic.rows(Split.ALL);
      DriftPlan plan =
          new DriftPlan(List.of(Drift.parse("labels:class-2=6")), synthetic, stream, 1);
      double[] expected = new double[3];
      double[] variance = new double[3];
      int[] observed = new int[3];
      Row row = stream.newRow();
      Row before = stream.newRow();
      for (int i = 0; i < stream.size(); i++) {
        stream.read(i, row);
        stream.read(i, before);
        if (!plan.keeps(row, 0, i, 0, 0)) {
          continue;
        }
        double[] p = before.trueProbabilities();
        double[] shifted = row.trueProbabilities();
        assertThat(shifted[2]).isCloseTo(6 * p[2] / (p[0] + p[1] + 6 * p[2]), within(1e-12));
        observed[row.label()]++;
        for (int k = 0; k < 3; k++) {
          expected[k] += shifted[k];
          variance[k] += shifted[k] * (1 - shifted[k]);
        }
      }
      for (int k = 0; k < 3; k++) {
        assertThat((double) observed[k]).isCloseTo(expected[k], within(5 * Math.sqrt(variance[k])));
      }
    }

    @Test
    void unknownClassIsRefusedWithTheKnownOnes() {
      assertThatThrownBy(() -> plan("labels:ten=2"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'ten': digits has no such class; expected 0, 1, 2");
      assertThatThrownBy(() -> plan("labels:10=2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shiftThatLeavesNothingIsRefused() {
      Stream<String> shifts =
          Stream.iterate(0, k -> k + 1).limit(10).map(k -> "labels:" + k + "=0");
      assertThatThrownBy(() -> plan(shifts.toArray(String[]::new)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the label shifts leave no row of digits: every weight is 0");
    }
  }

  @Nested
  final class Features {
    @Test
    void scaleMultipliesAndGrowsWithItsRamp() {
      DriftPlan plan = plan("scale:3@100..200");
      assertThat(distorted(plan, 5, 100)).isEqualTo(rows.features(5));
      float[] halfway = distorted(plan, 5, 150);
      float[] complete = distorted(plan, 5, 200);
      for (int i = 0; i < 64; i++) {
        assertThat(halfway[i]).isEqualTo(2 * rows.features(5)[i]);
        assertThat(complete[i]).isEqualTo(3 * rows.features(5)[i]);
      }
    }

    @Test
    void noiseHasTheDeviationOfTheFeatureTimesItsAmount() {
      DriftPlan plan = plan("noise:0.5");
      double[] deviations = deviations();
      double[] squares = new double[64];
      for (int i = 0; i < rows.size(); i++) {
        float[] features = distorted(plan, i, 0);
        for (int f = 0; f < 64; f++) {
          squares[f] += Math.pow(features[f] - rows.features(i)[f], 2) / rows.size();
        }
      }
      for (int f = 0; f < 64; f++) {
        // The variance of a sample variance of n normal values is 2 / n; 6 deviations of it.
        double expected = Math.pow(0.5 * deviations[f], 2);
        assertThat(squares[f]).as("feature %d", f).isCloseTo(expected, within(0.2 * expected));
      }
      assertThat(deviations[0]).isZero();
    }

    @Test
    void sameSeedGivesTheSameNoiseInAnyOrder() {
      DriftPlan first = plan("noise:1");
      DriftPlan second = plan("noise:1");
      float[] last = distorted(second, 99, 0);
      assertThat(distorted(second, 3, 0)).isEqualTo(distorted(first, 3, 0));
      assertThat(distorted(first, 99, 0)).isEqualTo(last);
      DriftPlan other = new DriftPlan(List.of(Drift.parse("noise:1")), digits, rows, 2);
      assertThat(distorted(other, 99, 0)).isNotEqualTo(last);
    }

    @Test
    void severalNoisesAddTheirVariances() {
      DriftPlan one = plan("noise:5");
      DriftPlan two = plan("noise:3", "noise:4");
      assertThat(distorted(two, 8, 0)).isEqualTo(distorted(one, 8, 0));
    }
  }

  @Nested
  final class Rolls {
    @Test
    void valuesMoveAndThoseAtTheEndComeToTheBeginning() {
      float[] before = rows.features(7);
      float[] forwards = distorted(plan("roll:5"), 7, 0);
      float[] backwards = distorted(plan("roll:-69"), 7, 0);
      for (int i = 0; i < 64; i++) {
        assertThat(forwards[(i + 5) % 64]).as("forwards %d", i).isEqualTo(before[i]);
        assertThat(backwards[(i + 59) % 64]).as("backwards %d", i).isEqualTo(before[i]);
      }
    }

    @Test
    void severalRollsAddUp() {
      assertThat(distorted(plan("roll:40", "roll:30"), 7, 0))
          .isEqualTo(distorted(plan("roll:6"), 7, 0));
    }

    @Test
    void halfwayThroughItsRampHalfOfTheRecordsAreRolled() {
      DriftPlan plan = plan("roll:8@100..200");
      int rolled = 0;
      for (int i = 0; i < rows.size(); i++) {
        assertThat(distorted(plan, i, 100)).isEqualTo(rows.features(i));
        rolled += Arrays.equals(distorted(plan, i, 150), rows.features(i)) ? 0 : 1;
        assertThat(distorted(plan, i, 200)).isNotEqualTo(rows.features(i));
      }
      // Six standard deviations of a binomial count.
      assertThat(rolled).isBetween(rows.size() / 2 - 128, rows.size() / 2 + 128);
    }
  }

  private static DriftPlan plan(String... drifts) {
    return new DriftPlan(Stream.of(drifts).map(Drift::parse).toList(), digits, rows, 1);
  }

  private static float[] distorted(DriftPlan plan, int index, long record) {
    Row row = rows.newRow();
    rows.read(index, row);
    plan.distort(row, 0, index, 0, record);
    return row.features();
  }

  private static double[] deviations() {
    double[] sums = new double[64];
    double[] squares = new double[64];
    for (int i = 0; i < rows.size(); i++) {
      float[] features = rows.features(i);
      for (int f = 0; f < 64; f++) {
        sums[f] += features[f];
        squares[f] += (double) features[f] * features[f];
      }
    }
    double[] deviations = new double[64];
    for (int f = 0; f < 64; f++) {
      double mean = sums[f] / rows.size();
      deviations[f] = Math.sqrt(squares[f] / rows.size() - mean * mean);
    }
    return deviations;
  }
}
