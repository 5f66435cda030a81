package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected values from the tests of Kumar's calibration library. */
class EqualMassBinsTest {

  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void ece() {
    double[] p = {.1, .7, .5, .9};

    assertEce(.25, p, new int[] {0, 1, 0, 1}, 2);
    assertEce(.25, p, new int[] {0, 1, 0, 1}, 4);
    assertEce(.2, p, new int[] {0, 1, 1, 1}, 2);
    assertEce(.25, p, new int[] {0, 1, 1, 1}, 4);
    assertEce(.4, new double[] {.6, .7, .8, .9}, new int[] {0, 0, 1, 1}, 2);
  }

  @Test
  void equalConfidencesStayTogether() {
    assertEce(
        .15 * 4 / 5 + .3 / 5, new double[] {.1, .1, .1, .1, .7}, new int[] {0, 1, 0, 0, 1}, 2);
  }

  @Test
  void cutsFallBehindTheLastRecordOfEachPart() {
    double[] p = {.3, .5, .2, .3, .5, .7};
    int[] y = new int[6];

    assertThat(EqualMassBins.of(RawPredictions.cells(p, y), 2).count()).containsExactly(3, 3);
    assertThat(EqualMassBins.of(RawPredictions.cells(p, y), 3).count()).containsExactly(3, 2, 1);
    assertThat(
            EqualMassBins.of(RawPredictions.cells(new double[] {.3, .5, 1, 1, 1, 1}, y), 3).count())
        .containsExactly(2, 4);
  }

  @Test
  void morePartsThanRecordsLeaveOneBinPerRecord() {
    double[] p = {.2, .4, .8};

    assertThat(EqualMassBins.of(RawPredictions.cells(p, new int[3]), 15).count())
        .containsExactly(1, 1, 1);
    assertThat(EqualMassBins.of(RawPredictions.cells(new double[0], new int[0]), 15).bins())
        .isZero();
  }

  @Test
  void theSweepStopsBeforeAccuraciesFall() {
    double[] p = {.1, .2, .3, .4, .5, .6};
    // Halves: 1/3 and 2/3. Thirds: 1/2, 0 and 1.
    ReliabilityBins bins =
        EqualMassBins.sweep(RawPredictions.cells(p, new int[] {0, 1, 0, 0, 1, 1}));

    assertThat(bins.count()).containsExactly(3, 3);
    assertThat(bins.correct()).containsExactly(1, 2);
  }

  private static void assertEce(double expected, double[] p, int[] y, int parts) {
    assertThat(EqualMassBins.of(RawPredictions.cells(p, y), parts).ece())
        .isCloseTo(expected, EXACT);
  }
}
