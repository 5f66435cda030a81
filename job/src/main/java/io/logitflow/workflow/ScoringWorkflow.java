package io.logitflow.workflow;

import io.logitflow.connector.GatedSource;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.RecordRunType;
import io.logitflow.scoring.ScoringOperator;
import io.logitflow.scoring.ScoringOperatorFactory;
import io.logitflow.scoring.ScoringSettings;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The scoring dataflow:
 *
 * <pre>
 * features ── score ─┬─ predictions
 *   model feed ─┘    └─ dead letters
 * </pre>
 *
 * <p>Features, scoring and sinks are one task per subtask: between the bytes that come in and those
 * that go out a record meets no queue and no serialiser.
 */
public final class ScoringWorkflow {

  private static final TypeInformation<RecordRun> RUNS = new RecordRunType();

  private ScoringWorkflow() {}

  /**
   * Where predictions and what is left over go.
   *
   * @param predictions predictions of the champion, with those of challengers in them
   * @param deadLetters records that could not be used
   */
  public record Sinks(Sink<ProducedRecord> predictions, Sink<ProducedRecord> deadLetters) {}

  /**
   * Defines the dataflow.
   *
   * @param env environment with the parallelism of the scoring
   * @param features feature records
   * @param sinks where everything goes
   * @param eventTime how event time is told
   * @param settings settings of the scoring operator, the feed of the models among them
   */
  public static <S extends SourceSplit, E> void define(
      StreamExecutionEnvironment env,
      Source<RecordRun, S, E> features,
      Sinks sinks,
      EventTime eventTime,
      ScoringSettings settings) {
    DataflowSettings.apply(env);

    DataStream<RecordRun> featureRecords =
        env.fromSource(new GatedSource<>(features, RUNS), eventTime.watermarks(), "features", RUNS)
            .uid(Uids.FEATURES);
    SingleOutputStreamOperator<ProducedRecord> predictions =
        featureRecords
            .transform(
                "score",
                TypeInformation.of(ProducedRecord.class),
                new ScoringOperatorFactory(settings))
            .uid(Uids.SCORE);

    predictions.sinkTo(sinks.predictions()).name("predictions").uid(Uids.PREDICTIONS);
    predictions
        .getSideOutput(ScoringOperator.DEAD_LETTERS)
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS);
  }

  /** Names of the operators in savepoints. They must never change. */
  private static final class Uids {
    static final String FEATURES = "scoring-features";
    static final String SCORE = "scoring-score";
    static final String PREDICTIONS = "scoring-predictions";
    static final String DEAD_LETTERS = "scoring-dead-letters";
  }
}
