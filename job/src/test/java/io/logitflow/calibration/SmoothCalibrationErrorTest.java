package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected values by the code of relplot. */
class SmoothCalibrationErrorTest {

  private static final Offset<Double> EXACT = within(1e-13);
  private static final int POINTS = 1001;

  private static final double[] TORCHMETRICS = {.25, .25, .55, .75, .75};
  private static final int[] TORCHMETRICS_OUTCOMES = {0, 0, 1, 1, 1};

  private final double[] weight = new double[POINTS];
  private final double[] residual = new double[POINTS];

  @Test
  void confidencesInTheMiddle() {
    split(TORCHMETRICS, TORCHMETRICS_OUTCOMES);

    assertError(.19896183528561728, .2001953125);
  }

  @Test
  void confidencesUpToOne() {
    split(
        new double[] {.1, .2, .3, .4, .65, .7, .8, .9, 1.}, new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1});

    assertError(.16812280724268494, .1689453125);
  }

  @Test
  void errorOfASigmaOfTheScale() {
    split(new double[] {.6, .7, .8, .9}, new int[] {0, 0, 1, 1});

    assertError(.24934502303678488, .25);
  }

  @Test
  void aGivenSigma() {
    split(TORCHMETRICS, TORCHMETRICS_OUTCOMES);

    assertThat(SmoothCalibrationError.at(weight, residual, .05))
        .isCloseTo(.2894821245256921, EXACT);
  }

  @Test
  void noRecordsHaveNoError() {
    assertThat(SmoothCalibrationError.of(weight, residual).value()).isNaN();
  }

  private void assertError(double value, double sigma) {
    SmoothCalibrationError error = SmoothCalibrationError.of(weight, residual);

    assertThat(error.value()).isCloseTo(value, EXACT);
    assertThat(error.sigma()).isEqualTo(sigma);
  }

  private void split(double[] confidence, int[] outcome) {
    for (int i = 0; i < confidence.length; i++) {
      double position = confidence[i] * (POINTS - 1);
      int left = Math.min((int) position, POINTS - 2);
      add(left, left + 1 - position, confidence[i] - outcome[i]);
      add(left + 1, position - left, confidence[i] - outcome[i]);
    }
  }

  private void add(int point, double part, double difference) {
    weight[point] += part;
    residual[point] += part * difference;
  }
}
