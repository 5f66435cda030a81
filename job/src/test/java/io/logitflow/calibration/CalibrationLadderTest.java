package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.calibration.CalibrationLadder.Evidence;
import io.logitflow.calibration.Outcomes.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationLadderTest {

  private static final int CLASSES = 4;

  /** Biases from 2,000 rows, so that tests are quick. */
  private static final LadderOptions FEW = new LadderOptions(200, 2000, 200, 1e-4, 0.01, 0.5);

  private final CalibrationLadder ladder = new CalibrationLadder(FEW);

  @Test
  void overconfidentLogitsGetATemperature() {
    CalibrationDecision decision = decide(1500, 1.6, new double[CLASSES], true);

    assertThat(decision.publish()).isTrue();
    assertThat(decision.step()).isEqualTo(CalibrationStep.TEMPERATURE);
    assertThat(decision.candidate().temperature()).isCloseTo(1.6, within(.2));
    assertThat(decision.gain())
        .isCloseTo(decision.nllBefore() - decision.nllAfter(), within(1e-12));
    assertThat(decision.gainLowerBound()).isPositive().isLessThan(decision.gain());
    assertThat(decision.accuracyChange()).isZero();
    assertThat(decision.reason()).startsWith("temperature gains 0.");
  }

  @Test
  void sumsSayTheSameAsRows() {
    CalibrationDecision rows = decide(1500, 1.6, new double[CLASSES], true);
    CalibrationDecision sums = decide(1500, 1.6, new double[CLASSES], false);

    assertThat(sums.publish()).isTrue();
    assertThat(sums.candidate()).isEqualTo(rows.candidate());
    assertThat(sums.gain()).isCloseTo(rows.gain(), within(1e-4));
    assertThat(sums.nllBefore()).isCloseTo(rows.nllBefore(), within(1e-6));
  }

  @Test
  void aChangedMixOfClassesGetsBiases() {
    double[] biases = {1, -.5, -.5, 0};
    CalibrationDecision decision = decide(4000, 1.3, biases, true);

    assertThat(decision.publish()).isTrue();
    assertThat(decision.step()).isEqualTo(CalibrationStep.BIAS_CORRECTED_TEMPERATURE);
    assertThat(decision.candidate().biases()).containsExactly(biases, within(.2));
    assertThat(decision.accuracyChange()).isPositive();
  }

  @Test
  void rightLogitsStayAsTheyAre() {
    CalibrationDecision decision = decide(3000, 1, new double[CLASSES], true);

    assertThat(decision.publish()).isFalse();
    assertThat(decision.reason()).contains("nats per label");
  }

  /** The level, over decisions on right logits. */
  @Test
  void fewDecisionsOnRightLogitsPublish() {
    int published = 0;
    for (int seed = 0; seed < 200; seed++) {
      for (boolean rows : new boolean[] {true, false}) {
        List<Outcome> outcomes = Outcomes.random(800, CLASSES, 1, 1000 + seed);
        CalibrationDecision decision =
            ladder.decide(
                evidence(outcomes.subList(0, 400), outcomes.subList(400, 800), rows),
                LogitCalibration.IDENTITY);
        published += decision.publish() ? 1 : 0;
      }
    }

    assertThat(published).isLessThanOrEqualTo(8);
  }

  @Test
  void aTemperatureThatIsNoLongerNeededGoesBack() {
    List<Outcome> outcomes = Outcomes.random(4000, CLASSES, 1, 21);
    CalibrationDecision decision =
        ladder.decide(
            evidence(outcomes.subList(0, 2000), outcomes.subList(2000, 4000), true),
            LogitCalibration.temperatureScaling(.7));

    assertThat(decision.publish()).isTrue();
    assertThat(decision.step()).isEqualTo(CalibrationStep.IDENTITY);
    assertThat(decision.candidate()).isEqualTo(LogitCalibration.IDENTITY);
  }

  @Test
  void tooFewLabelsAreADecisionWithAReason() {
    List<Outcome> outcomes = Outcomes.random(500, CLASSES, 2, 1);

    assertThat(
            ladder
                .decide(
                    evidence(outcomes.subList(0, 199), outcomes.subList(199, 500), true),
                    LogitCalibration.IDENTITY)
                .reason())
        .isEqualTo("199 labels to fit to, expected at least 200");
    CalibrationDecision decision =
        ladder.decide(
            evidence(outcomes.subList(0, 400), outcomes.subList(400, 500), false),
            LogitCalibration.IDENTITY);
    assertThat(decision.reason()).isEqualTo("100 held-out labels, expected at least 200");
    assertThat(decision.publish()).isFalse();
    assertThat(decision.candidate()).isEqualTo(LogitCalibration.IDENTITY);
    assertThat(decision.gain()).isNaN();
  }

  @Test
  void whatIsNoPointOfTheCurveIsJudgedByRowsOnly() {
    List<Outcome> outcomes = Outcomes.random(1000, CLASSES, 2, 1);
    Evidence sums = evidence(outcomes.subList(0, 500), outcomes.subList(500, 1000), false);
    LogitCalibration biased = new LogitCalibration(1, new double[] {1, 0, 0, -1});
    LogitCalibration extreme = LogitCalibration.temperatureScaling(5);

    assertThat(ladder.decide(sums, biased).reason()).contains("judged by held-out rows only");
    assertThat(ladder.decide(sums, extreme).reason()).contains("judged by held-out rows only");
    assertThat(
            ladder
                .decide(
                    evidence(outcomes.subList(0, 500), outcomes.subList(500, 1000), true), biased)
                .publish())
        .isTrue();
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LadderOptions(200, 2000, 1, 1e-4, 0.01, 0.5))
        .withMessage("minHeldOutLabels is 1, expected at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LadderOptions(200, 2000, 200, 1e-4, 0.5, 0.5))
        .withMessage("level is 0.5, expected above 0 and below 0.5");
    assertThat(LadderOptions.DEFAULTS)
        .isEqualTo(new LadderOptions(200, 50_000, 200, 1e-4, 0.01, 0.5));
  }

  private CalibrationDecision decide(
      int labels, double temperature, double[] biases, boolean rows) {
    List<Outcome> outcomes = Outcomes.random(2 * labels, CLASSES, temperature, biases, 17);
    return ladder.decide(
        evidence(outcomes.subList(0, labels), outcomes.subList(labels, 2 * labels), rows),
        LogitCalibration.IDENTITY);
  }

  private static Evidence evidence(List<Outcome> fit, List<Outcome> heldOut, boolean rows) {
    return new Evidence(
        TemperatureCurve.of(Outcomes.statistics(CLASSES, fit)),
        TemperatureCurve.of(Outcomes.statistics(CLASSES, heldOut)),
        rows ? Outcomes.rows(fit) : LabelledLogits.NONE,
        rows ? Outcomes.rows(heldOut) : LabelledLogits.NONE);
  }
}
