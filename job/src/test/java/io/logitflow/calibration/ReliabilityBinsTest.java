package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReliabilityBinsTest {

  private static final Offset<Double> EXACT = within(1e-12);
  private static final Offset<Double> DIGITS_10 = within(1e-10);

  /** The tests of Kumar's calibration library. */
  @Nested
  class ExamplesOfKumar {

    @Test
    void eceOfTheTopLabel() {
      double[][] p = {
        {.8, .1, .1}, {.6, .2, .2}, {0, .9, .1}, {0, 1, 0}, {.3, .3, .4}, {.2, 0, .85}
      };

      assertThat(RawPredictions.topLabel(p, new int[] {0, 0, 1, 1, 0, 2}, 3).ece())
          .isCloseTo(.075, EXACT);
      assertThat(RawPredictions.topLabel(new double[][] {{.9, .1}, {.8, .2}}, new int[2], 2).ece())
          .isCloseTo(.15, EXACT);
    }

    @Test
    void eceOfABinaryProbability() {
      double[] p = {.9, .1, .3};

      assertThat(
              RawPredictions.equalWidth(new double[] {.6, .7, .8, .9}, new int[] {0, 0, 1, 1}, 2)
                  .ece())
          .isCloseTo(.25, EXACT);
      assertThat(RawPredictions.equalWidth(p, new int[] {0, 0, 0}, 1).ece())
          .isCloseTo(1.3 / 3, EXACT);
      assertThat(RawPredictions.equalWidth(p, new int[] {1, 1, 1}, 1).ece())
          .isCloseTo(1.7 / 3, EXACT);
    }

    @Test
    void discreteConfidencesHaveErrorsAndNoneThatChanceDoesNotExplain() {
      double[] p = {.5, .5, .5, .6, .5, .6, .6, .6, .6};
      int[] y = {0, 1, 0, 1, 0, 1, 1, 1, 0};
      ReliabilityBins bins = RawPredictions.equalWidth(p, y, 15);

      assertThat(bins.ece()).isCloseTo(4. / 9 * .25 + 5. / 9 * .2, EXACT);
      assertThat(bins.rootMeanSquare()).isCloseTo(.2236067977, DIGITS_10);
      assertThat(bins.debiasedSquaredL2()).isCloseTo(0, EXACT);
      assertThat(bins.debiasedL2()).isCloseTo(0, within(1e-8));
    }

    @Test
    void threeClasses() {
      double[][] p = new double[14][];
      int[] y = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2};
      for (int i = 0; i < p.length; i++) {
        p[i] =
            i < 6
                ? new double[] {.6, .3, .1}
                : i < 10 ? new double[] {.1, .8, .1} : new double[] {.1, 0, .9};
      }
      ReliabilityBins top = RawPredictions.topLabel(p, y, 15);
      ReliabilityBins[] classes =
          IntStream.range(0, 3)
              .mapToObj(k -> RawPredictions.ofClass(p, y, k, 15))
              .toArray(ReliabilityBins[]::new);

      assertThat(top.ece()).isCloseTo(.1428571429, DIGITS_10);
      assertThat(top.rootMeanSquare()).isCloseTo(.1640267109, DIGITS_10);
      assertThat(top.debiasedL2()).isZero();
      assertThat(mean(classes, ReliabilityBins::ece)).isCloseTo(.0857142857, DIGITS_10);
      assertThat(Math.sqrt(mean(classes, ReliabilityBins::squaredL2)))
          .isCloseTo(.1158132048, DIGITS_10);
      assertThat(Math.sqrt(mean(classes, bins -> bins.debiasedL2() * bins.debiasedL2())))
          .isCloseTo(.0755928946, DIGITS_10);
    }

    private static double mean(ReliabilityBins[] classes, ToDoubleFunction<ReliabilityBins> error) {
      return Arrays.stream(classes).mapToDouble(error).average().orElseThrow();
    }
  }

  /** The docstrings of torchmetrics, whose confidences are on no edge. */
  @Test
  void examplesOfTorchmetrics() {
    ReliabilityBins binary =
        RawPredictions.equalWidth(
            new double[] {.25, .25, .55, .75, .75}, new int[] {0, 0, 1, 1, 1}, 2);
    ReliabilityBins multiclass =
        RawPredictions.topLabel(
            new double[][] {{.25, .20, .55}, {.55, .05, .40}, {.10, .30, .60}, {.90, .05, .05}},
            new int[] {0, 1, 2, 0},
            3);

    assertThat(binary.ece()).isCloseTo(.2900, within(5e-5));
    assertThat(binary.rootMeanSquare()).isCloseTo(.2918, within(5e-5));
    assertThat(binary.maximum(1).value()).isCloseTo(.3167, within(5e-5));
    assertThat(multiclass.ece()).isCloseTo(.2000, within(5e-5));
    assertThat(multiclass.rootMeanSquare()).isCloseTo(.2082, within(5e-5));
    assertThat(multiclass.maximum(1).value()).isCloseTo(.2333, within(5e-5));
  }

  /** The docstring of scikit-learn's calibration_curve. */
  @Test
  void exampleOfScikitLearn() {
    ReliabilityBins bins =
        RawPredictions.equalWidth(
            new double[] {.1, .2, .3, .4, .65, .7, .8, .9, 1.},
            new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1},
            3);

    assertThat(IntStream.range(0, 3).mapToDouble(bins::accuracy).toArray())
        .containsExactly(0, .5, 1);
    assertThat(IntStream.range(0, 3).mapToDouble(bins::meanConfidence).toArray())
        .containsExactly(new double[] {.2, .525, .85}, EXACT);
  }

  @Nested
  class OnEdges {

    @Test
    void binsAreClosedToTheRight() {
      assertThat(RawPredictions.equalWidth(new double[] {.5, .4}, new int[] {1, 0}, 2).ece())
          .isCloseTo(.05, EXACT);
      assertThat(RawPredictions.equalWidth(new double[] {.9, 1.}, new int[] {1, 0}, 1).ece())
          .isCloseTo(.45, EXACT);
    }

    @Test
    void edgesAreQuotientsAndZeroIsInTheFirstBin() {
      EqualWidthBins hundred = new EqualWidthBins(100);

      assertThat(hundred.of(0.07)).isEqualTo(6);
      assertThat(hundred.of(Math.nextUp(0.07))).isEqualTo(7);
      assertThat(hundred.of(0)).isZero();
      assertThat(hundred.of(1)).isEqualTo(99);
    }

    @Test
    void exactCases() throws IOException {
      JsonNode golden = Resources.json("bin-edges.json");
      double[][] p = new ObjectMapper().convertValue(golden.get("p"), double[][].class);
      int[] y = new ObjectMapper().convertValue(golden.get("y"), int[].class);

      assertThat(golden.get("cases")).hasSize(3);
      for (JsonNode expected : golden.get("cases")) {
        int count = expected.get("M").intValue();
        EqualWidthBins edges = new EqualWidthBins(count);
        double[] confidence = new ObjectMapper().convertValue(expected.get("conf"), double[].class);
        int[] bins = new ObjectMapper().convertValue(expected.get("bin"), int[].class);
        ReliabilityBins found = RawPredictions.topLabel(p, y, count);

        assertThat(Arrays.stream(confidence).mapToInt(edges::of).toArray()).containsExactly(bins);
        assertThat(found.ece()).isCloseTo(expected.get("ece").doubleValue(), EXACT);
        assertThat(found.maximum(1).value()).isCloseTo(expected.get("mce").doubleValue(), EXACT);
      }
    }
  }

  @Test
  void murphysPartsMakeTheBrierScore() {
    double[] p = {.5, .5, .5, .6, .5, .6, .6, .6, .6};
    int[] y = {0, 1, 0, 1, 0, 1, 1, 1, 0};
    ReliabilityBins bins = RawPredictions.cells(p, y);
    BrierDecomposition parts =
        BrierDecomposition.of(bins, new double[] {4 * .25, 5 * .36}, new double[] {.5, 4 * .6});

    assertThat(parts.reliability()).isCloseTo(.05, DIGITS_10);
    assertThat(parts.resolution()).isCloseTo(.0746913580, DIGITS_10);
    assertThat(parts.uncertainty()).isCloseTo(.2469135802, DIGITS_10);
    assertThat(parts.withinBinVariance()).isCloseTo(0, EXACT);
    assertThat(parts.brier()).isCloseTo(.2222222222, DIGITS_10);
  }

  @Test
  void theMaximumNeedsEnoughRecordsInABin() {
    ReliabilityBins bins =
        new ReliabilityBins(
            new long[] {0, 40, 29}, new double[] {0, 20, 10}, new long[] {0, 10, 29});

    assertThat(bins.maximum(30)).isEqualTo(new ReliabilityBins.Maximum(.25, 1));
    assertThat(bins.maximum(41)).isEqualTo(new ReliabilityBins.Maximum(Double.NaN, -1));
  }

  @Test
  void withoutRecordsNothingIsDefined() {
    ReliabilityBins bins = new ReliabilityBins(new long[2], new double[2], new long[2]);

    assertThat(
            new double[] {
              bins.ece(),
              bins.signedGap(),
              bins.rootMeanSquare(),
              bins.debiasedSquaredL2(),
              bins.debiasedL1(),
              bins.expectedEceIfCalibrated(),
              bins.maximum(1).value()
            })
        .containsOnly(Double.NaN);
  }
}
