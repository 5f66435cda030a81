package io.logitflow.learning;

import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionKind;
import io.logitflow.schema.DecisionOutcome;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.OffsetRange;
import io.logitflow.schema.SingleObjects;
import io.logitflow.schema.VersionEvaluation;
import io.logitflow.training.sample.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The decision on a training, as it takes shape, and the report beside it. */
final class RetrainingRecord {

  /** Detail of a decision: the challenger that is in the way. */
  private static final String CHALLENGER = "challenger";

  private final String model;
  private final Tally tally;
  private final Decision.Builder decision;
  private final List<VersionEvaluation> evaluations = new ArrayList<>();

  RetrainingRecord(TrainingSettings settings, TrainingOrder order, Tally tally) {
    this.model = settings.model();
    this.tally = tally;
    long time =
        order.isAtEnd()
            ? Math.max(0, tally.lastTime()) + settings.maturity().toMillis()
            : order.time();
    this.decision =
        Decision.newBuilder()
            .setEventTime(Instant.ofEpochMilli(time))
            .setJob(TrainingSettings.JOB)
            .setModel(model)
            .setKind(DecisionKind.RETRAINING)
            .setModelVersion(0)
            .setEvidence(new TreeMap<>())
            .setDetails(new TreeMap<>(Map.of("trigger", order.trigger())));
    evidence("labels", (double) tally.labelledCount());
    evidence("unlabelled", (double) tally.unlabelledCount());
    if (tally.labelledCount() > 0) {
      detail("oldestRecord", Instant.ofEpochMilli(tally.firstTime()).toString());
      detail("newestRecord", Instant.ofEpochMilli(tally.lastTime()).toString());
      detail("topics", topics(tally));
    }
  }

  /** Partitions and offsets that were learned from, as the options {@code from} and {@code to}. */
  static String topics(Tally tally) {
    return tally.spans().entrySet().stream()
        .map(
            span ->
                "%s@%d..%d".formatted(span.getKey(), span.getValue().from(), span.getValue().to()))
        .collect(Collectors.joining(","));
  }

  /** The champion when it was decided. */
  void champion(long version) {
    decision.setModelVersion(version);
  }

  void evidence(String name, double value) {
    if (!Double.isNaN(value)) {
      decision.getEvidence().put(name, value);
    }
  }

  void detail(String name, String value) {
    decision.getDetails().put(name, value);
  }

  /** Notes which aliases were moved, if any were. */
  void moved(List<AliasMove> moves) {
    if (!moves.isEmpty()) {
      detail("moves", AliasMove.text(moves));
    }
  }

  /** Notes how well something fits the rows that judge. */
  void judged(String whose, Judgement judgement) {
    judgement
        .metrics()
        .forEach(
            (name, value) ->
                evidence(whose + Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
  }

  /** Adds a version to the report. */
  void evaluated(long version, Judgement judgement) {
    evaluations.add(
        VersionEvaluation.newBuilder()
            .setVersion(version)
            .setRecords(judgement.rows())
            .setMetrics(judgement.metrics())
            .build());
  }

  /** There is no training while a challenger is being evaluated. */
  TrainingOutcome postponed(long challenger) {
    detail(CHALLENGER, Long.toString(challenger));
    return notNow(
        "version %d is the challenger, and its evaluation is not over".formatted(challenger));
  }

  /** Whether a decision says that a challenger was in the way: of a training, or of its result. */
  static boolean isPostponed(Decision decision) {
    return decision.getOutcome() == DecisionOutcome.NOT_NOW
        && (decision.getDetails().containsKey(CHALLENGER)
            || decision.getCandidateVersion() != null);
  }

  TrainingOutcome notNow(String reason) {
    return outcome(DecisionOutcome.NOT_NOW, reason);
  }

  TrainingOutcome refused(String reason) {
    return outcome(DecisionOutcome.REFUSED, reason);
  }

  /** A version that was published, or had been before. */
  TrainingOutcome published(DecisionOutcome outcome, long version, String reason) {
    decision.setCandidateVersion(version);
    return outcome(outcome, reason);
  }

  private TrainingOutcome outcome(DecisionOutcome outcome, String reason) {
    Decision record =
        decision
            .setDecidedAt(Instant.ofEpochMilli(System.currentTimeMillis()))
            .setOutcome(outcome)
            .setReason(reason)
            .build();
    return new TrainingOutcome(
        produced(model, SingleObjects.encode(Decision.getEncoder(), record)), report(record));
  }

  private Optional<ProducedRecord> report(Decision record) {
    if (evaluations.isEmpty()) {
      return Optional.empty();
    }
    String run = "training-%s-%d".formatted(model, record.getDecidedAt().toEpochMilli());
    EvaluationReport report =
        EvaluationReport.newBuilder()
            .setRunId(run)
            .setCreatedAt(record.getDecidedAt())
            .setKind("training")
            .setModel(model)
            .setRanges(ranges())
            .setEvaluations(evaluations)
            .setDetails(record.getDetails())
            .build();
    return Optional.of(produced(run, SingleObjects.encode(EvaluationReport.getEncoder(), report)));
  }

  private List<OffsetRange> ranges() {
    return tally.spans().entrySet().stream()
        .map(
            span -> {
              String partition = span.getKey();
              int dash = partition.lastIndexOf('-');
              return OffsetRange.newBuilder()
                  .setTopic(partition.substring(0, dash))
                  .setPartition(Integer.parseInt(partition.substring(dash + 1)))
                  .setFrom(span.getValue().from())
                  .setTo(span.getValue().to())
                  .build();
            })
        .toList();
  }

  private ProducedRecord produced(String key, byte[] value) {
    return new ProducedRecord(
        key.getBytes(StandardCharsets.UTF_8), value, decision.getDecidedAt().toEpochMilli());
  }
}
