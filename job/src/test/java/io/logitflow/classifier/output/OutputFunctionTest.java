package io.logitflow.classifier.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutputFunctionTest {

  static Stream<OutputFunction> distributions() {
    return Stream.of(
        new Softmax(),
        new TopKSoftmax(2),
        new TopPSoftmax(0.9),
        new Sparsemax(),
        new Entmax15(),
        new OneVsRest(),
        new GumbelSoftmax(0.5, 1));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void extremeLogitsGiveADistribution(OutputFunction function) {
    for (double[] logits :
        new double[][] {
          {3.4e38, -3.4e38, 0},
          {-3.4e38, -3.4e38, -3.4e38},
          {3.4e38, 3.4e38, -3.4e38},
          {1e-300, 0, -1e-300},
          {-0.0, 0.0, -0.0}
        }) {
      double[] p = function.probabilities(logits, 5);
      assertThat(Arrays.stream(p).sum()).as(Arrays.toString(logits)).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(p)).allMatch(value -> value >= 0 && value <= 1);
    }
  }

  /** The quotient of the logistic functions as it is written, where that does not underflow. */
  @Test
  void oneVsRestIsTheQuotientOfLogisticFunctions() {
    double[] scores = {-2.5, 0.25, 1.75, -30};
    double[] sigmoid = Arrays.stream(scores).map(s -> 1 / (1 + Math.exp(-s))).toArray();
    double sum = Arrays.stream(sigmoid).sum();
    OneVsRest function = new OneVsRest();

    double[] p = function.probabilities(function.logits(scores), 0);

    for (int k = 0; k < scores.length; k++) {
      assertThat(p[k]).isCloseTo(sigmoid[k] / sum, within(1e-15));
    }
    assertThat(function.probabilities(function.logits(new double[] {-800, -800, -1e30}), 0))
        .containsExactly(0.5, 0.5, 0);
  }

  /**
   * The optimality conditions of entmax: one threshold gives every probability, and they sum to 1.
   */
  @Test
  void entmaxOfManyLogitsHasOneThreshold() {
    SplittableRandom random = new SplittableRandom(1);
    for (int size : new int[] {2, 3, 10, 207, 1000}) {
      double[] logits = random.doubles(size, -3, 3).toArray();
      double[] p = new Entmax15().probabilities(logits, 0);
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
      int top = 0;
      for (int k = 0; k < size; k++) {
        top = logits[k] > logits[top] ? k : top;
      }
      double tau = logits[top] / 2 - Math.sqrt(p[top]);
      for (int k = 0; k < size; k++) {
        double root = Math.max(logits[k] / 2 - tau, 0);
        assertThat(p[k]).isCloseTo(root * root, within(1e-12));
      }
    }
  }

  @Test
  void samplesFollowTheSoftmaxAndRepeat() {
    GumbelSoftmax function = new GumbelSoftmax(0.1, 42);
    double[] logits = {1, 2, 0.5, -1};
    double[] expected = new Softmax().probabilities(logits, 0);
    int draws = 100_000;
    int[] drawn = new int[4];
    for (long seed = 0; seed < draws; seed++) {
      double[] p = function.probabilities(logits, seed);
      assertThat(function.probabilities(logits, seed)).isEqualTo(p);
      int top = 0;
      for (int k = 1; k < 4; k++) {
        top = p[k] > p[top] ? k : top;
      }
      drawn[top]++;
    }
    for (int k = 0; k < 4; k++) {
      double deviation = Math.sqrt(expected[k] * (1 - expected[k]) / draws);
      assertThat(drawn[k] / (double) draws).isCloseTo(expected[k], within(5 * deviation));
    }
  }

  @Test
  void modelsWithOtherSeedsDrawOtherwise() {
    double[] logits = new double[20];
    assertThat(new GumbelSoftmax(1, 1).probabilities(logits, 9))
        .isNotEqualTo(new GumbelSoftmax(1, 2).probabilities(logits, 9));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused(() -> new TopKSoftmax(0), "k is 0, expected at least 1");
    assertRefused(() -> new TopKSoftmax(4).classes(3), "k is 4, expected at most 3");
    assertRefused(() -> new TopPSoftmax(0), "p is 0.0");
    assertRefused(() -> new TopPSoftmax(1.5), "p is 1.5");
    assertRefused(() -> new MultiLabelSigmoid(Double.NaN), "threshold is NaN");
    assertRefused(() -> new GumbelSoftmax(0, 1), "temperature is 0.0");
    assertRefused(() -> new Softmax().classes(1), "1 outputs, expected at least 2 classes");
    assertRefused(() -> new TreeSoftmax(List.of(), List.of()), "0 left and 0 right children");
    assertRefused(() -> new TreeSoftmax(List.of(0), List.of(-1)), "a child of node 0 is node 0");
    assertRefused(() -> new TreeSoftmax(List.of(-1), List.of(-1)), "a child of node 0 is class 0");
    assertRefused(() -> new TreeSoftmax(List.of(-1), List.of(-3)), "a child of node 0 is class 2");
    assertRefused(
        () -> new TreeSoftmax(List.of(-1), List.of(-2)).classes(2),
        "2 outputs, expected 1, one for each node");
    assertRefused(() -> new TwoLevelSoftmax(List.of(0, 2)), "classes are in 2 groups");
    assertRefused(() -> new TwoLevelSoftmax(List.of(0)), "at least 2 classes");
    assertRefused(() -> new TwoLevelSoftmax(List.of(0, -1)), "expected a number from 0");
    assertRefused(
        () -> new TwoLevelSoftmax(List.of(0, 1, 1)).classes(4),
        "4 outputs, expected 5: one for each of 2 groups and 3 classes");
  }

  private static void assertRefused(Runnable making, String message) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
