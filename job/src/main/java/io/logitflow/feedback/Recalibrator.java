package io.logitflow.feedback;

import io.logitflow.calibration.CalibrationDecision;
import io.logitflow.calibration.CalibrationLadder;
import io.logitflow.calibration.LadderOptions;
import io.logitflow.calibration.LogitCalibration;
import io.logitflow.classifier.Calibration;
import io.logitflow.config.RecalibrationMode;
import io.logitflow.connector.DecisionRecords;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides on the calibration of a model, publishes what is better, and writes each decision. */
final class Recalibrator implements AutoCloseable {

  private static final String JOB = "feedback";

  private final String model;
  private final RecalibrationMode mode;
  private final ModelDirectory versions;
  private final CalibrationPublisher publisher;
  private final CalibrationLadder ladder = new CalibrationLadder(LadderOptions.DEFAULTS);

  /** Takes over directory and topic, and closes them. */
  Recalibrator(
      String model, RecalibrationMode mode, ModelDirectory versions, ModelTopic modelTopic) {
    this.model = model;
    this.mode = mode;
    this.versions = versions;
    this.publisher = new CalibrationPublisher(model, modelTopic);
  }

  /** Which weights a version has; those of a version that is not known are its own. */
  String weights(long modelVersion) {
    return versions.weights(modelVersion);
  }

  /**
   * Decides, and publishes if the decision says so.
   *
   * @param time event time of the decision in ms since the epoch
   * @return the decision for the decisions topic
   */
  ProducedRecord decide(RecalibrationEvidence evidence, long time) {
    Decision.Builder record =
        Decision.newBuilder()
            .setDecidedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
            .setEventTime(Instant.ofEpochMilli(time))
            .setJob(JOB)
            .setModel(model)
            .setKind(DecisionKind.RECALIBRATION)
            .setModelVersion(evidence.modelVersion())
            .setEvidence(new TreeMap<>(Map.of("labels", (double) evidence.labels())))
            .setDetails(
                new TreeMap<>(
                    Map.of(
                        "oldestWindow",
                        Instant.ofEpochMilli(evidence.oldestWindow()).toString(),
                        "newestWindow",
                        Instant.ofEpochMilli(evidence.newestWindow()).toString())));
    Optional<ModelDirectory.Version> version = versions.version(evidence.modelVersion());
    if (version.isEmpty()) {
      notNow(record, "version " + evidence.modelVersion() + " is not on the models topic any more");
    } else if (!version.get().softmax()) {
      notNow(record, "probabilities are no softmax of the logits, which is what is calibrated");
    } else if (evidence.judgement() == null) {
      notNow(record, "labels of one window: there is none to hold out");
    } else {
      decide(evidence, version.get().calibration(), record);
    }
    return DecisionRecords.of(record.build());
  }

  private static void notNow(Decision.Builder record, String reason) {
    record.setOutcome(DecisionOutcome.NOT_NOW).setReason(reason);
  }

  private void decide(
      RecalibrationEvidence evidence, Calibration inForce, Decision.Builder record) {
    CalibrationDecision decision =
        ladder.decide(
            evidence.judgement(),
            new LogitCalibration(1 / inForce.temperature(), inForce.biases()));
    describe(decision, inForce, record);
    if (!decision.publish()) {
      notNow(record, decision.reason());
      return;
    }
    LogitCalibration candidate = decision.candidate();
    publisher.publish(
        evidence.modelVersion(),
        candidate.temperature(),
        candidate.biases(),
        decision.reason(),
        mode == RecalibrationMode.APPLY,
        record);
  }

  private static void describe(
      CalibrationDecision decision, Calibration inForce, Decision.Builder record) {
    Map<String, Double> evidence = record.getEvidence();
    evidence.put("temperatureBefore", inForce.temperature());
    evidence.put("temperatureAfter", decision.candidate().temperature());
    evidence.put("fitLabels", (double) decision.fitLabels());
    evidence.put("heldOutLabels", (double) decision.heldOutLabels());
    evidence.put("nllBefore", decision.nllBefore());
    evidence.put("nllAfter", decision.nllAfter());
    evidence.put("gain", decision.gain());
    evidence.put("gainLowerBound", decision.gainLowerBound());
    evidence.put("accuracyChange", decision.accuracyChange());
    evidence.values().removeIf(value -> value.isNaN());
    record.getDetails().put("step", decision.step().name());
    if (decision.candidate().hasBiases()) {
      record.getDetails().put("biases", Arrays.toString(decision.candidate().biases()));
    }
  }

  @Override
  public void close() {
    versions.close();
    publisher.close();
  }
}
