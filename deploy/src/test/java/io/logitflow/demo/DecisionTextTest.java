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
