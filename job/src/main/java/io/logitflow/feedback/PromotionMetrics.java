package io.logitflow.feedback;

import io.logitflow.schema.Decision;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of promotion, in the group {@code logitflow} of its operator. */
final class PromotionMetrics {

  private static final String GROUP = "logitflow";

  private final MetricGroup group;
  private final Map<Long, Double> logEvidence = new ConcurrentHashMap<>();
  private final Map<String, Counter> decisions = new HashMap<>();
  private volatile double driftStatistic;

  PromotionMetrics(MetricGroup operatorGroup) {
    group = operatorGroup.addGroup(GROUP);
    group.gauge("driftLogStatistic", () -> driftStatistic);
  }

  /** The evidence for a candidate has changed. */
  void evidence(long candidate, double logEvidenceNow) {
    if (logEvidence.put(candidate, logEvidenceNow) == null) {
      group
          .addGroup("candidate", Long.toString(candidate))
          .gauge("logEvidence", () -> logEvidence.get(candidate));
    }
  }

  /** The statistic of the drift has changed. */
  void drift(double logStatistic) {
    driftStatistic = logStatistic;
  }

  /** A decision was made. */
  void decided(Decision decision) {
    String kind = decision.getKind().name().toLowerCase(Locale.ROOT);
    String outcome = decision.getOutcome().name().toLowerCase(Locale.ROOT);
    decisions
        .computeIfAbsent(
            kind + "/" + outcome,
            first -> group.addGroup("kind", kind).addGroup("outcome", outcome).counter("decisions"))
        .inc();
  }
}
