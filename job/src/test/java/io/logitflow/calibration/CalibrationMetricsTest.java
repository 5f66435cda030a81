package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.ReferenceRows;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationMetricsTest {

  /** Probabilities are served as float32. */
  private static final Offset<Double> FLOAT = within(1e-6);

  /** Rows of real models, with metrics that numpy and scipy computed. */
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
    CalibrationMetrics metrics = CalibrationMetrics.of(statistics(name, expected));
    ReliabilityBins bins = metrics.reliabilityBins();

    assertThat(metrics.accuracy()).isEqualTo(expected.get("correct").doubleValue() / 200);
    assertThat(metrics.confusion())
        .isDeepEqualTo(new ObjectMapper().convertValue(expected.get("confusion"), long[][].class));
    assertClose(metrics.meanConfidence(), expected, "mean_confidence");
    assertClose(metrics.nll(), expected, "nll");
    assertClose(metrics.brier(), expected, "brier");
    assertClose(metrics.ece(), expected, "ece");
    assertClose(bins.rootMeanSquare(), expected, "rmsce");
    assertClose(bins.debiasedSquaredL2(), expected, "debiased_squared_l2");
    assertClose(bins.debiasedL1(), expected, "debiased_l1");
    assertClose(metrics.brierDecomposition().brier(), expected, "confidence_brier");
    assertClose(metrics.smoothError().value(), expected, "smece");
    assertClose(metrics.smoothError().sigma(), expected, "smece_sigma");
    assertThat(metrics.spiegelhalterZ())
        .isCloseTo(expected.get("spiegelhalter_z").doubleValue(), within(1e-4));
    assertThat(metrics.classwiseErrors())
        .containsExactly(
            new ObjectMapper().convertValue(expected.get("classwise"), double[].class), FLOAT);
    assertThat(metrics.expectedAccuracy()).isEqualTo(metrics.meanConfidence());
    assertThat(metrics.coverage()).isEqualTo(1);
  }

  /** On rows without equal confidences, single records make the reference's adaptive ECE. */
  @ParameterizedTest
  @ValueSource(strings = {"fashion-lbfgs", "digits-sgd", "flights-sgd"})
  void equalMassBinsOfReferenceRows(String name) throws IOException {
    JsonNode expected = Resources.json("rows200-metrics.json").get(name);
    double[][] probabilities = ReferenceRows.of(name).expected("probabilities");
    int[] predictions = ReferenceRows.of(name).predictions();
    double[] confidence = new double[200];
    int[] outcome = new int[200];
    for (int i = 0; i < 200; i++) {
      confidence[i] = probabilities[i][predictions[i]];
      outcome[i] = predictions[i] == expected.get("labels").get(i).intValue() ? 1 : 0;
    }

    assertClose(
        EqualMassBins.of(RawPredictions.cells(confidence, outcome), 15).ece(),
        expected,
        "adaptive_ece");
    assertThat(CalibrationMetrics.of(statistics(name, expected)).equalMassEce())
        .isCloseTo(expected.get("adaptive_ece").doubleValue(), within(0.01));
  }

  @Test
  void spiegelhaltersZOfAPublishedExample() {
    float[] p = {.1f, .9f, .21f, .9f, .5f};
    int[] y = {0, 1, 0, 1, 0};
    CalibrationStatistics statistics = new CalibrationStatistics(2);
    for (int i = 0; i < p.length; i++) {
      statistics.addOutcome(served(1, 1 - p[i], p[i]), y[i], 0);
    }
    CalibrationMetrics metrics = CalibrationMetrics.of(statistics);

    assertThat(metrics.spiegelhalterZ()).isCloseTo(-.7566972027, FLOAT);
    assertThat(metrics.spiegelhalterPValue()).isCloseTo(.4492315, FLOAT);
  }

  @Nested
  class AThousandLabels {

    private final CalibrationMetrics metrics;

    AThousandLabels() {
      CalibrationStatistics statistics = new CalibrationStatistics(2);
      for (int i = 0; i < 1250; i++) {
        statistics.addPrediction(served(0, .75f, .25f));
      }
      for (int i = 0; i < 1000; i++) {
        statistics.addOutcome(served(0, .75f, .25f), i < 700 ? 0 : 1, i < 500 ? 1 : 3000);
      }
      metrics = CalibrationMetrics.of(statistics);
    }

    @Test
    void haveIntervalsOfTheirAccuracy() {
      assertThat(metrics.accuracyWilson().lower()).isCloseTo(.6708761, within(1e-7));
      assertThat(metrics.accuracyWilson().upper()).isCloseTo(.7275932, within(1e-7));
      assertThat(metrics.accuracyAnytime().lower())
          .isLessThan(metrics.accuracyWilson().lower())
          .isGreaterThan(.63);
      CalibrationMetrics.Bin bin = metrics.binTable().get(11);
      assertThat(bin.count()).isEqualTo(1000);
      assertThat(bin.lower()).isEqualTo(11. / 15);
      assertThat(bin.upper()).isEqualTo(12. / 15);
      assertThat(bin.anytime().lower()).isCloseTo(.651629, within(2e-6));
      assertThat(bin.anytime().upper()).isCloseTo(.745949, within(2e-6));
      assertThat(metrics.binTable().get(10).accuracy()).isNaN();
    }

    @Test
    void haveScoresWithStandardErrors() {
      assertThat(metrics.coverage()).isEqualTo(.8);
      assertThat(metrics.reliabilityBins().signedGap()).isCloseTo(.05, within(1e-12));
      // NLL is ln(4/3) for 700 and ln 4 for 300; Brier .125 and 1.125.
      assertThat(metrics.nll()).isCloseTo(.7 * Math.log(4. / 3) + .3 * Math.log(4), within(1e-12));
      assertThat(metrics.nllStandardError())
          .isCloseTo(Math.log(3) * Math.sqrt(.7 * .3 / 999), within(1e-12));
      assertThat(metrics.halfBrier()).isCloseTo(.2125, within(1e-12));
      assertThat(metrics.brierStandardError()).isCloseTo(Math.sqrt(.7 * .3 / 999), within(1e-12));
      assertThat(metrics.maximumError().value()).isCloseTo(.05, within(1e-12));
      assertThat(metrics.maximumError().bin()).isEqualTo(11);
    }

    @Test
    void haveQuantilesOfTheirDelays() {
      assertThat(metrics.delayQuantile(.25)).isBetween(0.0, 2.0);
      assertThat(metrics.delayQuantile(.75)).isEqualTo(3072);
      assertThat(metrics.delayQuantile(1)).isEqualTo(4096);
    }
  }

  @Test
  void withoutLabelsNothingIsDefined() {
    CalibrationMetrics metrics = CalibrationMetrics.of(new CalibrationStatistics(3));

    assertThat(
            new double[] {
              metrics.accuracy(),
              metrics.accuracyWilson().lower(),
              metrics.accuracyAnytime().upper(),
              metrics.meanConfidence(),
              metrics.expectedAccuracy(),
              metrics.coverage(),
              metrics.nll(),
              metrics.nllStandardError(),
              metrics.brier(),
              metrics.ece(),
              metrics.equalMassEce(),
              metrics.equalMassDebiasedL2(),
              metrics.sweepEce(),
              metrics.smoothError().value(),
              metrics.classwiseEce(),
              metrics.spiegelhalterZ(),
              metrics.spiegelhalterPValue(),
              metrics.delayQuantile(.5),
              metrics.brierDecomposition().uncertainty()
            })
        .containsOnly(Double.NaN);
  }

  @Test
  void aboveFiftyClassesThereAreNoClasswiseErrors() {
    CalibrationStatistics statistics = Outcomes.statistics(60, Outcomes.random(50, 60, 1, 3));
    CalibrationMetrics metrics = CalibrationMetrics.of(statistics);

    assertThat(metrics.classwiseErrors()).isEmpty();
    assertThat(metrics.classwiseEce()).isNaN();
    assertThat(metrics.confusion()).isEmpty();
    assertThat(metrics.trueCounts()).hasSize(60);
    assertThat(metrics.predictedCounts()).hasSize(60);
  }

  /** What the pieces of the ECE should be when the confidences are right. */
  @Test
  void rightConfidencesHaveNoErrorThatChanceDoesNotExplain() {
    List<Outcomes.Outcome> outcomes = Outcomes.random(20_000, 5, 1, 11);
    CalibrationMetrics metrics = CalibrationMetrics.of(Outcomes.statistics(5, outcomes));
    ReliabilityBins bins = metrics.reliabilityBins();

    assertThat(metrics.ece() / bins.expectedEceIfCalibrated()).isBetween(.4, 1.8);
    assertThat(Math.abs(bins.debiasedSquaredL2())).isLessThan(1e-4);
    assertThat(Math.abs(metrics.spiegelhalterZ())).isLessThan(3);
    assertThat(metrics.sweepEce()).isLessThan(.01);
  }

  private static CalibrationStatistics statistics(String name, JsonNode expected)
      throws IOException {
    ReferenceRows rows = ReferenceRows.of(name);
    double[][] logits = rows.expected("logits");
    double[][] probabilities = rows.expected("probabilities");
    int[] predictions = rows.predictions();
    CalibrationStatistics statistics = new CalibrationStatistics(logits[0].length);
    for (int i = 0; i < logits.length; i++) {
      ServedDistribution served =
          new ServedDistribution(
              predictions[i], floats(probabilities[i]), floats(logits[i]), true, i);
      statistics.addPrediction(served);
      statistics.addOutcome(served, expected.get("labels").get(i).intValue(), 1000);
    }
    return statistics;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static ServedDistribution served(int label, float... probabilities) {
    return new ServedDistribution(label, probabilities, new float[0], false, 0);
  }

  private static void assertClose(double found, JsonNode expected, String metric) {
    assertThat(found).as(metric).isCloseTo(expected.get(metric).doubleValue(), FLOAT);
  }
}
