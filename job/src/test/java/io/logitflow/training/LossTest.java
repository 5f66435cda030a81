package io.logitflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {

  private static final int FEATURES = 9;
  private static final int CLASSES = 4;

  private final Workers workers = new Workers(3);

  @AfterEach
  void stopWorkers() {
    workers.close();
  }

  /** Rows of every kind of target, with weights; as many as fill some blocks. */
  static TrainingRows rows(Targets targets, int from, int to) {
    TrainingRows.Builder builder = TrainingRows.builder(FEATURES, CLASSES, targets);
    for (int row = from; row < to; row++) {
      SplittableRandom random = new SplittableRandom(row);
      float[] x = new float[FEATURES];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (4 * random.nextDouble() - 2);
      }
      float[] probabilities = new float[CLASSES];
      for (int k = 0; k < CLASSES; k++) {
        probabilities[k] = (float) random.nextDouble();
      }
      int label = (x[0] > 0 ? 1 : 0) + (x[1] + x[2] > random.nextDouble() ? 2 : 0);
      double weight = 0.25 * (1 + random.nextInt(8));
      switch (targets) {
        case CLASSES -> builder.add(x, 0, label, weight);
        case TEACHER -> builder.addTaught(x, 0, label, probabilities, weight);
        case LABEL_SETS -> builder.addLabelSet(x, 0, probabilities, weight);
      }
    }
    return builder.build();
  }

  static LossOptions options(Targets targets) {
    return new LossOptions(
        0.1,
        List.of(1.0, 2.0, 0.5, 3.0),
        targets == Targets.TEACHER ? Optional.of(new Distillation(3, 0.7)) : Optional.empty());
  }

  static double[] point(long seed) {
    return Initialisation.XAVIER.point(new LinearShape(CLASSES, FEATURES), seed);
  }

  private LossSum sum(TrainingRows rows, LossOptions options, Precision precision, double[] at) {
    return new LocalLoss(rows, options, precision, workers).sum(at);
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheDerivativeOfTheLoss(Targets targets) {
    TrainingRows rows = rows(targets, 0, 40);
    double[] point = point(1);
    LossSum sum = sum(rows, options(targets), Precision.FLOAT64, point);
    double h = 1e-6;
    for (int i = 0; i < point.length; i++) {
      double[] up = point.clone();
      up[i] += h;
      double[] down = point.clone();
      down[i] -= h;
      double slope =
          (sum(rows, options(targets), Precision.FLOAT64, up).loss()
                  - sum(rows, options(targets), Precision.FLOAT64, down).loss())
              / (2 * h);
      assertThat(sum.gradient()[i]).as("parameter %d", i).isCloseTo(slope, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void float32AgreesWithFloat64(Targets targets) {
    TrainingRows rows = rows(targets, 0, 1000);
    double[] point = point(2);
    LossSum exact = sum(rows, options(targets), Precision.FLOAT64, point);
    LossSum fast = sum(rows, options(targets), Precision.FLOAT32, point);

    assertThat(fast.loss()).isCloseTo(exact.loss(), within(1e-6 * exact.loss()));
    assertThat(fast.weight()).isCloseTo(exact.weight(), within(1e-9));
    assertThat(fast.correct()).isCloseTo(exact.correct(), within(1e-9));
    assertThat(fast.gradient()).containsExactly(exact.gradient(), within(1e-6 * exact.weight()));
  }

  @ParameterizedTest
  @EnumSource
  void partsAddUpToTheWhole(Targets targets) {
    double[] point = point(3);
    LossSum whole = sum(rows(targets, 0, 1000), options(targets), Precision.FLOAT64, point);
    LossSum parts = LossSum.zero(new LinearShape(CLASSES, FEATURES));
    for (int from = 0; from < 1000; from += 300) {
      TrainingRows part = rows(targets, from, Math.min(1000, from + 300));
      parts = parts.plus(sum(part, options(targets), Precision.FLOAT64, point));
    }

    assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-9));
    assertThat(parts.weight()).isCloseTo(whole.weight(), within(1e-9));
    assertThat(parts.gradient()).containsExactly(whole.gradient(), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void sumHasTheSameBitsByAnyNumberOfThreads(Precision precision) {
    TrainingRows rows = rows(Targets.CLASSES, 0, 5000);
    try (Workers one = new Workers(1)) {
      LossSum alone = new LocalLoss(rows, LossOptions.PLAIN, precision, one).sum(point(4));
      LossSum together = sum(rows, LossOptions.PLAIN, precision, point(4));

      assertThat(together.loss()).isEqualTo(alone.loss());
      assertThat(together.gradient()).containsExactly(alone.gradient());
    }
  }

  @Test
  void rowOfWeightThreeCountsAsThreeRows() {
    float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    TrainingRows heavy = TrainingRows.builder(FEATURES, CLASSES).add(x, 0, 2, 3).build();
    TrainingRows three =
        TrainingRows.builder(FEATURES, CLASSES).add(x, 2).add(x, 2).add(x, 2).build();

    LossSum once = sum(heavy, LossOptions.PLAIN, Precision.FLOAT64, point(5));
    LossSum thrice = sum(three, LossOptions.PLAIN, Precision.FLOAT64, point(5));

    assertThat(once.loss()).isCloseTo(thrice.loss(), within(1e-12));
    assertThat(once.gradient()).containsExactly(thrice.gradient(), within(1e-12));
  }

  /** 3 of 4 rows are of class 0: 4 / (2 x 3) and 4 / (2 x 1). */
  @Test
  void balancedWeightsMakeClassesCountAlike() {
    float[] x = {0};
    TrainingRows rows = TrainingRows.builder(1, 2).add(x, 0).add(x, 0).add(x, 0).add(x, 1).build();

    assertThat(LossOptions.balancedClassWeights(rows)).containsExactly(2.0 / 3, 2.0);
  }

  @Test
  void rowsThatCannotBeLearnedFromAreRefused() {
    TrainingRows.Builder builder = TrainingRows.builder(2, 3);
    assertThatThrownBy(() -> builder.add(new float[] {1, Float.NaN}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: feature 1 is NaN, expected a finite number");
    assertThatThrownBy(() -> builder.add(new float[] {1, 2}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: class 3, expected 0 to 2");
    assertThatThrownBy(() -> builder.add(new float[] {1, 2}, 0, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 0: weight -1.0, expected a number of at least 0");
  }
}
