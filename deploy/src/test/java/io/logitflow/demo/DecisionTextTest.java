package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DecisionTextTest {

  @Test
  void aRecalibrationInForceIsToldWithItsTemperaturesAndWhatTheyAreWorth() {
    assertThat(DecisionText.of(TestingCalibration.applied(), TestingCalibration.START))
        .isEqualTo(
            "00:14 version 2 is champion: temperature 0.108 instead of 1, held-out NLL 0.6232"
                + " instead of 1.5903");
  }

  @Test
  void biasesAreNamedAndTemperaturesAreToldApart() {
    assertThat(DecisionText.of(TestingCalibration.appliedBiases(), TestingCalibration.START))
        .isEqualTo(
            "00:14 version 2 is champion: temperature 1.001235 instead of 1 and a bias for each"
                + " class, held-out NLL 0.6232 instead of 1.5903");
  }

  @Test
  void aDriftAndTheRecoveryFromItAreToldStepByStep() {
    assertThat(
            TestingCalibration.driftAndRecovery().stream()
                .map(decision -> DecisionText.of(decision, TestingCalibration.START)))
        .containsExactly(
            "00:30 DRIFT: version 1 was wrong on at most 18.12 % of the records, now on 43.66 %",
            "00:38 version 3 is trained and the challenger: held-out NLL 0.5123, the champion's"
                + " 1.4321",
            "00:46 version 3 is champion instead of version 1: half-Brier is lower by 0.1500 (at"
                + " least 0.1200) over 8,000 labels",
            "01:00 version 4 is given up: half-Brier is higher by 0.1000 (at least 0.0900) over"
                + " 4,000 labels");
  }

  @Test
  void aDecisionThatChangesNothingIsToldWithItsReason() {
    assertThat(DecisionText.of(TestingCalibration.notNow(), TestingCalibration.START))
        .isEqualTo("00:19 recalibration of version 1 not now: the fit is what is in force");
  }

  @Test
  void aDecisionFromBeforeTheStartIsToldAtTheStart() {
    assertThat(
            DecisionText.of(
                TestingCalibration.notNow(), TestingCalibration.START.plusSeconds(3_600)))
        .startsWith("00:00 ");
  }
}
