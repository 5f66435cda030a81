package io.logitflow.demo;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ServedDistribution;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Calibration with numbers that can be checked by hand, and decisions. */
final class TestingCalibration {
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private TestingCalibration() {}

  /** Two classes, of which the first is predicted with 75 %, 50 % of the time rightly. */
  static CalibrationStatistics overconfident(int labelled) {
    CalibrationStatistics statistics = new CalibrationStatistics(2);
    for (int i = 0; i < labelled; i++) {
      ServedDistribution served =
          new ServedDistribution(
              0, new float[] {0.75f, 0.25f}, new float[] {1.0986123f, 0}, true, i);
      statistics.addPrediction(served);
      statistics.addOutcome(served, i % 2, 1_000);
    }
    return statistics;
  }

  static ServedVersion version(long version, int labelled) {
    return new ServedVersion(version, labelled, CalibrationMetrics.of(overconfident(labelled)));
  }

  /** Version 1, with 200 labels, and its recalibration to version 2 after 14.6 s. */
  static CalibrationObservation recalibrated() {
    return new CalibrationObservation(
        List.of(version(1, 200), version(2, 0)), List.of(applied(), notNow()));
  }

  static Decision applied() {
    return decision(14_600, DecisionOutcome.APPLIED)
        .setCandidateVersion(2L)
        .setReason("temperature gains 0.967100 nats per label")
        .setEvidence(
            Map.of(
                "temperatureBefore", 1.0,
                "temperatureAfter", 0.10829,
                "nllBefore", 1.5903,
                "nllAfter", 0.6232))
        .build();
  }

  /** A calibration with biases that leaves the temperature almost as it is. */
  static Decision appliedBiases() {
    return decision(14_600, DecisionOutcome.APPLIED)
        .setCandidateVersion(2L)
        .setReason("biases gain 0.967100 nats per label")
        .setEvidence(
            Map.of(
                "temperatureBefore", 1.0,
                "temperatureAfter", 1.0012345678,
                "nllBefore", 1.5903,
                "nllAfter", 0.6232))
        .setDetails(Map.of("biases", "[0.5, -0.5]"))
        .build();
  }

  static Decision notNow() {
    return decision(19_600, DecisionOutcome.NOT_NOW)
        .setReason("the fit is what is in force")
        .build();
  }

  /** After 30 s: an alarm, a training, and the promotion of what came of it. */
  static List<Decision> driftAndRecovery() {
    return List.of(
        decision(30_000, DecisionOutcome.APPLIED)
            .setKind(DecisionKind.DRIFT_ALARM)
            .setReason("the error rate has risen")
            .setEvidence(Map.of("referenceBound", 0.1812, "recentErrorRate", 0.4366))
            .build(),
        decision(38_000, DecisionOutcome.PROPOSED)
            .setKind(DecisionKind.RETRAINING)
            .setCandidateVersion(3L)
            .setReason("it is the challenger")
            .setEvidence(Map.of("candidateNll", 0.5123, "championNll", 1.4321))
            .build(),
        decision(46_000, DecisionOutcome.APPLIED)
            .setKind(DecisionKind.PROMOTION)
            .setCandidateVersion(3L)
            .setReason("half-Brier is lower by 0.1500 (at least 0.1200) over 8,000 labels")
            .build(),
        decision(60_000, DecisionOutcome.APPLIED)
            .setKind(DecisionKind.REJECTION)
            .setModelVersion(3)
            .setCandidateVersion(4L)
            .setReason("half-Brier is higher by 0.1000 (at least 0.0900) over 4,000 labels")
            .build());
  }

  private static Decision.Builder decision(long afterStart, DecisionOutcome outcome) {
    return Decision.newBuilder()
        .setDecidedAt(START.plusMillis(afterStart))
        .setEventTime(START)
        .setJob("feedback")
        .setModel("digits")
        .setKind(DecisionKind.RECALIBRATION)
        .setOutcome(outcome)
        .setModelVersion(1);
  }
}
