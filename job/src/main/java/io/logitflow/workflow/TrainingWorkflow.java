package io.logitflow.workflow;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.learning.InputSplit;
import io.logitflow.learning.LearningOperators;
import io.logitflow.learning.MaturedRecord;
import io.logitflow.learning.ShardPart;
import io.logitflow.learning.TrainingEvent;
import io.logitflow.learning.TrainingInput;
import io.logitflow.learning.TrainingOrder;
import io.logitflow.learning.TrainingSettings;
import io.logitflow.learning.TrainingSignal;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The training dataflow:
 *
 * <pre>
 * features ─┬─ join ──────────────────── sample ── train ─┬─ decisions
 * labels ───┘    └─ counts ─┬─ trigger ────┘              └─ evaluations
 * drift alarms ─────────────┘
 * </pre>
 *
 * <p>Join and sample are as parallel as the job; the trigger is one subtask, and the training as
 * many as the settings say. What could not be decoded goes to the dead letters.
 */
public final class TrainingWorkflow {

  private static final TypeInformation<TrainingInput> INPUT =
      TypeInformation.of(TrainingInput.class);

  private TrainingWorkflow() {}

  /**
   * What is read.
   *
   * @param features features of records
   * @param labels what records turned out to be
   * @param alarms drift alarms; empty if none is to be followed
   */
  public record Sources(
      Source<TrainingInput, ?, ?> features,
      Source<TrainingInput, ?, ?> labels,
      Optional<Source<TrainingSignal, ?, ?>> alarms) {}

  /**
   * Where everything goes.
   *
   * @param decisions decisions on trainings
   * @param evaluations reports of trainings
   * @param deadLetters records that could not be used
   */
  public record Sinks(
      Sink<ProducedRecord> decisions,
      Sink<ProducedRecord> evaluations,
      Sink<ProducedRecord> deadLetters) {}

  /**
   * Defines the dataflow.
   *
   * @param env environment with the parallelism of join and sample
   * @param sources what is read
   * @param sinks where everything goes
   * @param eventTime how event time is told
   * @param settings settings of the operators
   */
  public static void define(
      StreamExecutionEnvironment env,
      Sources sources,
      Sinks sinks,
      EventTime eventTime,
      TrainingSettings settings) {
    DataflowSettings.apply(env);

    WatermarkStrategy<TrainingInput> watermarks =
        eventTime.<TrainingInput>watermarks().withTimestampAssigner(TrainingWorkflow::time);
    SingleOutputStreamOperator<TrainingEvent> features =
        events(env, sources.features(), watermarks, "features", Uids.FEATURES);
    SingleOutputStreamOperator<TrainingEvent> labels =
        events(env, sources.labels(), watermarks, "labels", Uids.LABELS);

    SingleOutputStreamOperator<MaturedRecord> matured =
        features
            .union(labels)
            .keyBy(TrainingEvent::recordId)
            .transform(
                "join labels",
                TypeInformation.of(MaturedRecord.class),
                LearningOperators.join(settings))
            .uid(Uids.JOIN);
    SingleOutputStreamOperator<TrainingOrder> orders =
        signals(env, sources, matured)
            .transform(
                "trigger",
                TypeInformation.of(TrainingOrder.class),
                LearningOperators.trigger(settings))
            .uid(Uids.TRIGGER)
            .setParallelism(1);
    SingleOutputStreamOperator<ShardPart> parts =
        matured
            .connect(orders.broadcast())
            .transform("sample", LearningOperators.shardParts(), LearningOperators.sample(settings))
            .uid(Uids.SAMPLE);
    SingleOutputStreamOperator<ProducedRecord> decisions =
        dealt(env, parts, settings)
            .transform(
                "train",
                TypeInformation.of(ProducedRecord.class),
                LearningOperators.training(settings))
            .uid(Uids.TRAIN)
            .setParallelism(settings.sharded().parallelism());
    decisions.sinkTo(sinks.decisions()).name("decisions").uid(Uids.DECISIONS).setParallelism(1);
    decisions
        .getSideOutput(LearningOperators.EVALUATIONS)
        .sinkTo(sinks.evaluations())
        .name("evaluations")
        .uid(Uids.EVALUATIONS)
        .setParallelism(1);
    features
        .getSideOutput(InputSplit.DEAD_LETTERS)
        .union(labels.getSideOutput(InputSplit.DEAD_LETTERS))
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS);
  }

  private static DataStream<ShardPart> dealt(
      StreamExecutionEnvironment env,
      SingleOutputStreamOperator<ShardPart> parts,
      TrainingSettings settings) {
    if (settings.sharded().parallelism() == 1) {
      return parts;
    }
    // After a restore samples are handed over again. Had some subtasks an order before it from a
    // checkpoint, in flight, they would wait for the others, which have not.
    env.getCheckpointConfig().enableUnalignedCheckpoints(false);
    return LearningOperators.deal(parts);
  }

  private static SingleOutputStreamOperator<TrainingEvent> events(
      StreamExecutionEnvironment env,
      Source<TrainingInput, ?, ?> source,
      WatermarkStrategy<TrainingInput> watermarks,
      String name,
      String uid) {
    return env.fromSource(source, watermarks, name, INPUT)
        .uid(uid)
        .process(new InputSplit(), TypeInformation.of(TrainingEvent.class))
        .name("decoded " + name)
        .uid(uid + "-decoded");
  }

  private static DataStream<TrainingSignal> signals(
      StreamExecutionEnvironment env,
      Sources sources,
      SingleOutputStreamOperator<MaturedRecord> matured) {
    DataStream<TrainingSignal> counts = matured.getSideOutput(LearningOperators.SIGNALS);
    return sources
        .alarms()
        .<DataStream<TrainingSignal>>map(
            alarms ->
                counts.union(
                    env.fromSource(
                            alarms,
                            Timeless.strategy(),
                            "drift alarms",
                            TypeInformation.of(TrainingSignal.class))
                        .uid(Uids.ALARMS)
                        .setParallelism(1)))
        .orElse(counts);
  }

  /** Event time; what could not be decoded does not move it. */
  private static long time(TrainingInput input, long kafkaTimestamp) {
    return input.event() == null ? Long.MIN_VALUE : input.event().time();
  }

  /** Names of the operators in savepoints. They must never change. */
  private static final class Uids {
    static final String FEATURES = "training-features";
    static final String LABELS = "training-labels";
    static final String ALARMS = "training-alarms";
    static final String JOIN = "training-join";
    static final String TRIGGER = "training-trigger";
    static final String SAMPLE = "training-sample";
    static final String TRAIN = "training-train";
    static final String DECISIONS = "training-decisions";
    static final String EVALUATIONS = "training-evaluations";
    static final String DEAD_LETTERS = "training-dead-letters";
  }
}
