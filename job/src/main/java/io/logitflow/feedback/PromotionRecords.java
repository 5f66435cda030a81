package io.logitflow.feedback;

import io.logitflow.promotion.CandidateTest;
import io.logitflow.promotion.DriftDetector;
import io.logitflow.promotion.DriftPolicy;
import io.logitflow.promotion.Judgement;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Writes down decisions on champions, with all that they rest on. */
final class PromotionRecords {

  private static final String JOB = "feedback";

  private final String model;

  PromotionRecords(String model) {
    this.model = model;
  }

  /** A decision on a test; its outcome and reason are still to be set. */
  Decision.Builder of(
      CandidateTest test, Judgement judgement, long championVersion, DecisionKind kind, long time) {
    Map<String, Double> evidence = new TreeMap<>();
    evidence.put("labels", (double) test.gain().count());
    evidence.put("lnE", judgement.logEvidence());
    evidence.put("lnEAgainst", judgement.logEvidenceAgainst());
    evidence.put("lnEThreshold", judgement.threshold());
    evidence.put("sumDifference", test.gain().sum());
    evidence.put("variance", test.gain().variance());
    evidence.put("gamma", test.gain().centre());
    evidence.put("alpha", test.level());
    evidence.put("test", (double) test.number());
    evidence.put("gainLowerBound", judgement.gainLowerBound());
    evidence.put("gainUpperBound", judgement.gainUpperBound());
    evidence.put("accuracyDifference", judgement.accuracyDifference());
    evidence.put("accuracyLowerBound", judgement.accuracyLowerBound());
    evidence.put("championCalibrationError", judgement.championError());
    evidence.put("candidateCalibrationError", judgement.candidateError());
    Map<String, String> details = new TreeMap<>();
    details.put("state", test.state().name());
    details.put("championWeights", test.championWeights());
    details.put("candidateWeights", test.candidateWeights());
    details.put("begunIn", Instant.ofEpochMilli(test.begunIn()).toString());
    details.put("lastWindow", Instant.ofEpochMilli(test.lastWindow()).toString());
    return record(kind, championVersion, time, evidence, details)
        .setCandidateVersion(test.candidate());
  }

  /** An alarm. */
  Decision alarm(
      DriftDetector detector, DriftPolicy policy, long championVersion, long window, long time) {
    double bound = detector.referenceBound();
    double rate = detector.recentErrorRate();
    Map<String, Double> evidence = new TreeMap<>();
    evidence.put("lnM", detector.logStatistic());
    evidence.put("lnMThreshold", Math.log(DriftPolicy.AVERAGE_RUN_LENGTH));
    evidence.put("referenceLabels", (double) detector.referenceLabels());
    evidence.put("referenceErrors", (double) detector.referenceErrors());
    evidence.put("referenceBound", bound);
    evidence.put("tolerance", policy.tolerance());
    evidence.put("recentErrorRate", rate);
    evidence.put("alarm", (double) detector.alarms() + 1);
    Map<String, String> details = new TreeMap<>();
    details.put("window", Instant.ofEpochMilli(window).toString());
    return record(DecisionKind.DRIFT_ALARM, championVersion, time, evidence, details)
        .setOutcome(DecisionOutcome.APPLIED)
        .setReason(
            "the error rate is %.4f of late; at first it was at most %.4f".formatted(rate, bound))
        .build();
  }

  private Decision.Builder record(
      DecisionKind kind,
      long championVersion,
      long time,
      Map<String, Double> evidence,
      Map<String, String> details) {
    evidence.values().removeIf(value -> value.isNaN());
    return Decision.newBuilder()
        .setDecidedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
        .setEventTime(Instant.ofEpochMilli(time))
        .setJob(JOB)
        .setModel(model)
        .setKind(kind)
        .setModelVersion(championVersion)
        .setEvidence(evidence)
        .setDetails(details);
  }
}
