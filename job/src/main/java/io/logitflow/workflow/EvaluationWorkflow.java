package io.logitflow.workflow;

import io.logitflow.connector.GatedSource;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.RecordRunType;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.feedback.CalibrationWindows;
import io.logitflow.feedback.FeedbackEvent;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.FeedbackSettings;
import io.logitflow.feedback.InputSplit;
import io.logitflow.feedback.LabelJoinOperatorFactory;
import io.logitflow.feedback.ScoredPredictions;
import io.logitflow.feedback.ServedPrediction;
import io.logitflow.feedback.WindowPart;
import io.logitflow.feedback.WindowReport;
import io.logitflow.replay.AuditEvent;
import io.logitflow.replay.AuditInput;
import io.logitflow.replay.AuditSplit;
import io.logitflow.replay.DeadLetterCounts;
import io.logitflow.replay.EvaluationOperatorFactory;
import io.logitflow.replay.EvaluationSettings;
import io.logitflow.replay.Finding;
import io.logitflow.replay.ReignScoringOperatorFactory;
import io.logitflow.replay.ReignSettings;
import io.logitflow.replay.RescoredRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.scoring.ScoringOperator;
import io.logitflow.scoring.ScoringOperatorFactory;
import io.logitflow.scoring.ScoringSettings;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The dataflow that evaluates versions by labels, of the operators of the scoring and the feedback
 * job:
 *
 * <pre>
 * features ── score ────────────┐
 *   or predictions              │
 *   or features ── score by ────┼─ join ── windows ── add up ── evaluations
 *        champions of their time│
 * labels ───────────────────────┘
 * </pre>
 *
 * <p>All sources are bounded. There are no watermarks before the end, so no label is late because
 * one partition was read before another.
 */
public final class EvaluationWorkflow {

  private static final TypeInformation<Finding> FINDING = TypeInformation.of(Finding.class);
  private static final TypeInformation<RecordRun> RUNS = new RecordRunType();

  private final StreamExecutionEnvironment env;
  private final ReplaySinks sinks;
  private final FeedbackSettings feedback;
  private final EvaluationSettings evaluation;

  /**
   * A dataflow.
   *
   * @param env environment with the parallelism of the join
   * @param sinks where everything goes
   * @param feedback settings of the join and the windows
   * @param evaluation what the report is made with
   */
  public EvaluationWorkflow(
      StreamExecutionEnvironment env,
      ReplaySinks sinks,
      FeedbackSettings feedback,
      EvaluationSettings evaluation) {
    this.env = env;
    this.sinks = sinks;
    this.feedback = feedback;
    this.evaluation = evaluation;
    DataflowSettings.apply(env);
  }

  /**
   * Scores the features, and evaluates.
   *
   * @param features feature records
   * @param labels labels
   * @param scoring settings of the scoring, the fixed versions among them
   * @param decoders of the predictions that the scoring writes
   */
  public <S extends SourceSplit, E> void defineScored(
      Source<RecordRun, S, E> features,
      Source<FeedbackInput, ?, ?> labels,
      ScoringSettings scoring,
      RecordDecoderFactory<Prediction> decoders) {
    SingleOutputStreamOperator<ProducedRecord> scored =
        env.fromSource(
                new GatedSource<>(features, RUNS),
                WatermarkStrategy.noWatermarks(),
                "features",
                RUNS)
            .uid(Uids.FEATURES)
            .transform(
                "score",
                TypeInformation.of(ProducedRecord.class),
                new ScoringOperatorFactory(scoring))
            .uid(Uids.SCORE);
    DataStream<FeedbackEvent> predictions =
        scored
            .map(new ScoredPredictions(decoders))
            .returns(FeedbackEvent.class)
            .name("decode")
            .uid(Uids.DECODE);
    evaluate(
        predictions,
        scored
            .getSideOutput(ScoringOperator.DEAD_LETTERS)
            .map(new DeadLetterCounts("features"))
            .returns(FINDING)
            .name("count dead letters of features")
            .uid(Uids.FEATURES + "-dead-letters"),
        labels,
        false);
  }

  /**
   * Scores each record of the features with the champion of its time, and evaluates.
   *
   * @param features feature records
   * @param labels labels
   * @param reigns settings of the scoring
   */
  public void defineReigns(
      Source<AuditInput, ?, ?> features, Source<FeedbackInput, ?, ?> labels, ReignSettings reigns) {
    SingleOutputStreamOperator<AuditEvent> events =
        env.fromSource(
                features,
                WatermarkStrategy.noWatermarks(),
                "features",
                TypeInformation.of(AuditInput.class))
            .uid(Uids.FEATURES)
            .process(new AuditSplit(), TypeInformation.of(AuditEvent.class))
            .name("decoded features")
            .uid(Uids.FEATURES + "-decoded");
    SingleOutputStreamOperator<RescoredRecord> scored =
        events
            .transform(
                "score by the champions of the time",
                TypeInformation.of(RescoredRecord.class),
                new ReignScoringOperatorFactory(reigns))
            .uid(Uids.REIGNS);
    evaluate(
        scored
            .map(EvaluationWorkflow::prediction)
            .returns(FeedbackEvent.class)
            .name("as predictions")
            .uid(Uids.REIGNS + "-predictions"),
        events.getSideOutput(AuditSplit.FINDINGS).union(scored.getSideOutput(AuditSplit.FINDINGS)),
        labels,
        true);
  }

  /** The reign takes the place of the segment, so that there are sums of each. */
  private static FeedbackEvent prediction(RescoredRecord record) {
    return FeedbackEvent.predicted(
        record.recordId(),
        List.of(
            new ServedPrediction(
                record.time(),
                Integer.toString(record.reign()),
                record.modelVersion(),
                record.calibrationVersion(),
                false,
                record.label(),
                record.probabilities(),
                record.logits())));
  }

  /**
   * Evaluates predictions as they were logged.
   *
   * @param predictions predictions of champions
   * @param labels labels
   */
  public void defineLogged(
      Source<FeedbackInput, ?, ?> predictions, Source<FeedbackInput, ?, ?> labels) {
    SingleOutputStreamOperator<FeedbackEvent> events =
        events(predictions, "predictions", Uids.PREDICTIONS);
    evaluate(
        events
            .flatMap(EvaluationWorkflow::served)
            .returns(FeedbackEvent.class)
            .name("champions")
            .uid(Uids.ROLES),
        deadLetters(events, "predictions", Uids.PREDICTIONS),
        labels,
        false);
  }

  /** Leaves out what challengers said. */
  private static void served(FeedbackEvent event, Collector<FeedbackEvent> out) {
    List<ServedPrediction> served =
        event.predictions().stream().filter(prediction -> !prediction.challenger()).toList();
    if (!served.isEmpty()) {
      out.collect(FeedbackEvent.predicted(event.recordId(), served));
    }
  }

  private void evaluate(
      DataStream<FeedbackEvent> predictions,
      DataStream<Finding> findings,
      Source<FeedbackInput, ?, ?> labels,
      boolean segmentsAreReigns) {
    SingleOutputStreamOperator<FeedbackEvent> labelEvents = events(labels, "labels", Uids.LABELS);
    predictions
        .union(labelEvents)
        .keyBy(FeedbackEvent::recordId)
        .transform(
            "join labels",
            TypeInformation.of(WindowPart.class),
            new LabelJoinOperatorFactory(feedback))
        .uid(Uids.JOIN)
        .keyBy(WindowPart::key)
        .process(new CalibrationWindows(feedback), TypeInformation.of(WindowReport.class))
        .name("sum windows")
        .uid(Uids.WINDOWS)
        .flatMap(new FinalWindows(segmentsAreReigns))
        .returns(FINDING)
        .name("final windows")
        .uid(Uids.FINAL)
        .union(findings, deadLetters(labelEvents, "labels", Uids.LABELS))
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
  }

  private SingleOutputStreamOperator<FeedbackEvent> events(
      Source<FeedbackInput, ?, ?> source, String name, String uid) {
    return env.fromSource(
            source, WatermarkStrategy.noWatermarks(), name, TypeInformation.of(FeedbackInput.class))
        .uid(uid)
        .process(new InputSplit(), TypeInformation.of(FeedbackEvent.class))
        .name("decoded " + name)
        .uid(uid + "-decoded");
  }

  private static DataStream<Finding> deadLetters(
      SingleOutputStreamOperator<FeedbackEvent> events, String name, String uid) {
    return events
        .getSideOutput(InputSplit.DEAD_LETTERS)
        .map(new DeadLetterCounts(name))
        .returns(FINDING)
        .name("count dead letters of " + name)
        .uid(uid + "-dead-letters");
  }

  /** Names of the operators in savepoints. They must never change. */
  private static final class Uids {
    static final String FEATURES = "evaluation-features";
    static final String SCORE = "evaluation-score";
    static final String REIGNS = "evaluation-reigns";
    static final String DECODE = "evaluation-decode";
    static final String PREDICTIONS = "evaluation-predictions";
    static final String ROLES = "evaluation-roles";
    static final String LABELS = "evaluation-labels";
    static final String JOIN = "evaluation-join";
    static final String WINDOWS = "evaluation-windows";
    static final String FINAL = "evaluation-final";
    static final String EVALUATE = "evaluation-evaluate";
    static final String EVALUATIONS = "evaluation-evaluations";
  }
}
