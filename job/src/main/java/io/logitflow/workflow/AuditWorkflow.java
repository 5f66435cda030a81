package io.logitflow.workflow;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.replay.AuditEvent;
import io.logitflow.replay.AuditInput;
import io.logitflow.replay.AuditJoinOperatorFactory;
import io.logitflow.replay.AuditPair;
import io.logitflow.replay.AuditScoringOperatorFactory;
import io.logitflow.replay.AuditSettings;
import io.logitflow.replay.AuditSplit;
import io.logitflow.replay.EvaluationOperatorFactory;
import io.logitflow.replay.EvaluationSettings;
import io.logitflow.replay.Finding;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The dataflow that reproduces predictions as they were served:
 *
 * <pre>
 * features ────┐
 * predictions ─┴─ join ── score again ─┬─ add up ── evaluations
 *                                      └─ dead letters
 * </pre>
 *
 * <p>All sources are bounded. There are no watermarks before the end: what belongs together may be
 * anywhere in the range, whatever its event time.
 */
public final class AuditWorkflow {

  private static final TypeInformation<Finding> FINDING = TypeInformation.of(Finding.class);

  private AuditWorkflow() {}

  /**
   * What is read.
   *
   * @param features feature records
   * @param predictions predictions of the champion, with those of challengers in them
   */
  public record Sources(Source<AuditInput, ?, ?> features, Source<AuditInput, ?, ?> predictions) {}

  /**
   * Defines the dataflow.
   *
   * @param env environment with the parallelism of the join
   * @param sources what is read
   * @param sinks where everything goes
   * @param audit settings of the operators
   * @param evaluation what the report is made with
   */
  public static void define(
      StreamExecutionEnvironment env,
      Sources sources,
      ReplaySinks sinks,
      AuditSettings audit,
      EvaluationSettings evaluation) {
    DataflowSettings.apply(env);
    SingleOutputStreamOperator<AuditEvent> features =
        events(env, sources.features(), "features", Uids.FEATURES);
    SingleOutputStreamOperator<AuditEvent> predictions =
        events(env, sources.predictions(), "predictions", Uids.PREDICTIONS);

    SingleOutputStreamOperator<AuditPair> pairs =
        features
            .union(predictions)
            .keyBy(AuditEvent::recordId)
            .transform(
                "join features with predictions",
                TypeInformation.of(AuditPair.class),
                new AuditJoinOperatorFactory())
            .uid(Uids.JOIN);
    SingleOutputStreamOperator<Finding> findings =
        pairs
            .transform("score again", FINDING, new AuditScoringOperatorFactory(audit))
            .uid(Uids.SCORE);
    findings
        .union(
            pairs.getSideOutput(AuditSplit.FINDINGS),
            features.getSideOutput(AuditSplit.FINDINGS),
            predictions.getSideOutput(AuditSplit.FINDINGS))
        .transform(
            "add up",
            TypeInformation.of(ProducedRecord.class),
            new EvaluationOperatorFactory(evaluation))
        .uid(Uids.EVALUATE)
        .setParallelism(1)
        .setMaxParallelism(1)
        .sinkTo(sinks.evaluations())
        .name("evaluations")
        .uid(Uids.EVALUATIONS)
        .setParallelism(1);
    Sink<ProducedRecord> deadLetters = sinks.deadLetters();
    findings
        .getSideOutput(AuditSplit.DEAD_LETTERS)
        .union(
            features.getSideOutput(AuditSplit.DEAD_LETTERS),
            predictions.getSideOutput(AuditSplit.DEAD_LETTERS))
        .sinkTo(deadLetters)
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS);
  }

  private static SingleOutputStreamOperator<AuditEvent> events(
      StreamExecutionEnvironment env, Source<AuditInput, ?, ?> source, String name, String uid) {
    return env.fromSource(
            source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(AuditInput.class))
        .uid(uid)
        .process(new AuditSplit(), TypeInformation.of(AuditEvent.class))
        .name("decoded " + name)
        .uid(uid + "-decoded");
  }

  /** Names of the operators in savepoints. They must never change. */
  private static final class Uids {
    static final String FEATURES = "audit-features";
    static final String PREDICTIONS = "audit-predictions";
    static final String JOIN = "audit-join";
    static final String SCORE = "audit-score";
    static final String EVALUATE = "audit-evaluate";
    static final String EVALUATIONS = "audit-evaluations";
    static final String DEAD_LETTERS = "audit-dead-letters";
  }
}
