package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.calibration.Outcomes.Outcome;
import io.logitflow.classifier.ReferenceRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

  /** Of a prior of ln(1/T) with standard deviation 0.5. */
  private static final double PRECISION = 4;

  /** Roots and optima of the same rows by scipy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fashion-lbfgs",
        "fashion-sgd",
        "digits-lbfgs",
        "digits-sgd",
        "flights-lbfgs",
        "flights-sgd"
      })
  void referenceRows(String name) throws IOException {
    JsonNode expected = Resources.json("rows200-metrics.json").get(name);
    LabelledLogits rows = rows(name, expected);
    TemperatureCurve curve = curve(rows);
    double root = expected.get("log_inverse_temperature").doubleValue();
    double withPrior = expected.get("log_inverse_temperature_prior").doubleValue();
    double[] biased = new ObjectMapper().convertValue(expected.get("bcts"), double[].class);
    LogitCalibration found = LogitFit.biasCorrectedTemperature(rows, PRECISION);

    assertThat(LogitFit.temperature(rows, 0).logInverseTemperature()).isCloseTo(root, within(1e-7));
    assertThat(LogitFit.temperature(rows, PRECISION).logInverseTemperature())
        .isCloseTo(withPrior, within(1e-7));
    assertThat(curve.optimum(0)).isCloseTo(root, within(2e-4));
    assertThat(curve.optimum(PRECISION)).isCloseTo(withPrior, within(2e-4));
    assertThat(found.inverseTemperature()).isCloseTo(biased[0], within(1e-5));
    assertThat(found.biases())
        .containsExactly(Arrays.copyOfRange(biased, 1, biased.length), within(1e-5));
    assertThat(Arrays.stream(found.biases()).sum()).isCloseTo(0, within(1e-9));
  }

  @Test
  void theCurveIsThatOfTheNll() {
    List<Outcome> outcomes = Outcomes.random(500, 6, 1.4, 3);
    LabelledLogits rows = Outcomes.rows(outcomes);
    TemperatureCurve curve = TemperatureCurve.of(Outcomes.statistics(6, outcomes));

    for (double u : new double[] {-2.6, -1, -.37, 0, .1, .8, 1.6}) {
      LogitCalibration calibration = LogitCalibration.temperatureScaling(u);
      double mean = 0;
      for (int row = 0; row < rows.rows(); row++) {
        mean += rows.nll(row, calibration) / rows.rows();
      }
      assertThat(curve.meanNll(u)).as("u = %s", u).isCloseTo(mean, within(1e-4));
    }
    assertThat(curve.difference(-.5, .7)).isEqualTo(-curve.difference(.7, -.5));
  }

  @Test
  void afterScalingTheRefitIsOne() {
    List<Outcome> outcomes = Outcomes.random(2000, 5, 1.7, 4);
    double temperature =
        Math.exp(-TemperatureCurve.of(Outcomes.statistics(5, outcomes)).optimum(0));
    CalibrationStatistics scaled = new CalibrationStatistics(5);
    for (Outcome outcome : outcomes) {
      float[] logits = outcome.served().logits().clone();
      for (int k = 0; k < logits.length; k++) {
        logits[k] = (float) (logits[k] / temperature);
      }
      new Outcome(Outcomes.served(logits, 0), outcome.label(), 0).addTo(scaled);
    }

    assertThat(temperature).isCloseTo(1.7, within(.15));
    assertThat(TemperatureCurve.of(scaled).optimum(0)).isCloseTo(0, within(2e-4));
  }

  @Test
  void whereAllAreRightThePriorHoldsTheTemperatureBack() {
    LabelledLogits rows = new LabelledLogits(new float[][] {{1, 0}, {0, 2}}, new int[] {0, 1});
    TemperatureCurve curve = curve(rows);

    assertThat(Math.exp(curve.optimum(0))).isCloseTo(20, within(1e-9));
    assertThat(LogitFit.temperature(rows, 0).inverseTemperature()).isEqualTo(20);
    assertThat(Math.exp(curve.optimum(PRECISION))).isBetween(1.05, 2.0);
    assertThat(curve.optimum(PRECISION))
        .isCloseTo(LogitFit.temperature(rows, PRECISION).logInverseTemperature(), within(2e-4));
  }

  @Test
  void whereAllAreWrongTheTemperatureIsTheHighest() {
    LabelledLogits rows = new LabelledLogits(new float[][] {{1, 0}, {0, 2}}, new int[] {1, 0});

    assertThat(Math.exp(-curve(rows).optimum(0))).isCloseTo(20, within(1e-9));
    assertThat(LogitFit.temperature(rows, 0).temperature()).isCloseTo(20, within(1e-9));
  }

  @Test
  void withoutRecordsTheTemperatureIsOne() {
    assertThat(TemperatureCurve.of(new CalibrationStatistics(3)).optimum(0)).isZero();
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelledLogits(new float[1][2], new int[2]))
        .withMessage("1 rows of logits and 2 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelledLogits(new float[][] {{1, 2}, {1}}, new int[2]))
        .withMessage("row 1 has 1 logits, expected 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelledLogits(new float[][] {{1, Float.NaN}}, new int[1]))
        .withMessage("row 0 has logit NaN");
  }

  @Test
  void theExponentialIsExactToRounding() {
    Random random = new Random(6);
    for (int i = 0; i < 100_000; i++) {
      double x = -Math.abs(random.nextGaussian()) * (i % 2 == 0 ? 300 : 3);
      double expected = x < -708 ? 0 : StrictMath.exp(x);
      assertThat(ReproducibleExp.of(x)).isCloseTo(expected, within(1e-15 * expected));
    }
    assertThat(ReproducibleExp.of(0)).isEqualTo(1);
    assertThat(ReproducibleExp.of(Double.NEGATIVE_INFINITY)).isZero();
  }

  private static TemperatureCurve curve(LabelledLogits rows) {
    CalibrationStatistics statistics = new CalibrationStatistics(rows.classes());
    for (int i = 0; i < rows.rows(); i++) {
      statistics.addOutcome(Outcomes.served(rows.logits()[i], i), rows.labels()[i], 0);
    }
    return TemperatureCurve.of(statistics);
  }

  private static LabelledLogits rows(String name, JsonNode expected) throws IOException {
    float[][] logits =
        Arrays.stream(ReferenceRows.of(name).expected("logits"))
            .map(CalibrationMetricsTest::floats)
            .toArray(float[][]::new);
    return new LabelledLogits(
        logits, new ObjectMapper().convertValue(expected.get("labels"), int[].class));
  }
}
