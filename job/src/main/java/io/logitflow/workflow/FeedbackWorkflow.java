package io.logitflow.workflow;

import io.logitflow.config.RecalibrationMode;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.feedback.CalibrationWindows;
import io.logitflow.feedback.FeedbackEvent;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.FeedbackSettings;
import io.logitflow.feedback.InputSplit;
import io.logitflow.feedback.LabelJoinOperatorFactory;
import io.logitflow.feedback.Promotion;
import io.logitflow.feedback.Recalibration;
import io.logitflow.feedback.ReportEncoder;
import io.logitflow.feedback.WindowPart;
import io.logitflow.feedback.WindowReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The feedback dataflow:
 *
 * <pre>
 * predictions ─┐         parts of        ┌─ calibration
 * labels ──────┴─ join ── windows ── sum ┼─ promote ─────┬─ decisions
 *                  │                     └─ recalibrate ─┘
 *                  └──── labelled records ──────┘
 * </pre>
 *
 * <p>What could not be decoded goes to the dead letters.
 */
public final class FeedbackWorkflow {

  private static final TypeInformation<FeedbackInput> INPUT =
      TypeInformation.of(FeedbackInput.class);

  private FeedbackWorkflow() {}

  /**
   * What is read.
   *
   * @param predictions predictions of the champion, with those of challengers in them
   * @param labels what records turned out to be
   */
  public record Sources(
      Source<FeedbackInput, ?, ?> predictions, Source<FeedbackInput, ?, ?> labels) {}

  /**
   * Where everything goes.
   *
   * @param calibration statistics of windows
   * @param decisions decisions on calibrations, champions and drifts
   * @param deadLetters records that could not be used
   */
  public record Sinks(
      Sink<ProducedRecord> calibration,
      Sink<ProducedRecord> decisions,
      Sink<ProducedRecord> deadLetters) {}

  /**
   * Defines the dataflow.
   *
   * @param env environment with the parallelism of the join
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
      FeedbackSettings settings) {
    DataflowSettings.apply(env);

    WatermarkStrategy<FeedbackInput> watermarks =
        eventTime.<FeedbackInput>watermarks().withTimestampAssigner(FeedbackWorkflow::time);
    SingleOutputStreamOperator<FeedbackEvent> predictions =
        events(env, sources.predictions(), watermarks, "predictions", Uids.PREDICTIONS);
    SingleOutputStreamOperator<FeedbackEvent> labels =
        events(env, sources.labels(), watermarks, "labels", Uids.LABELS);

    SingleOutputStreamOperator<WindowPart> parts =
        predictions
            .union(labels)
            .keyBy(FeedbackEvent::recordId)
            .transform(
                "join labels",
                TypeInformation.of(WindowPart.class),
                new LabelJoinOperatorFactory(settings))
            .uid(Uids.JOIN);
    SingleOutputStreamOperator<WindowReport> reports =
        parts
            .keyBy(WindowPart::key)
            .process(new CalibrationWindows(settings), TypeInformation.of(WindowReport.class))
            .name("sum windows")
            .uid(Uids.WINDOWS);
    reports
        .map(new ReportEncoder(settings))
        .returns(ProducedRecord.class)
        .name("encode")
        .uid(Uids.ENCODE)
        .sinkTo(sinks.calibration())
        .name("calibration")
        .uid(Uids.CALIBRATION);
    String model = settings.model();
    List<DataStream<ProducedRecord>> decisions = new ArrayList<>();
    if (settings.recalibration().mode() != RecalibrationMode.OFF) {
      decisions.add(
          reports
              .filter(WindowReport::isEvidence)
              .name("complete windows of champions")
              .uid(Uids.EVIDENCE)
              .keyBy(report -> model)
              .connect(
                  parts.getSideOutput(LabelJoinOperatorFactory.LABELLED).keyBy(record -> model))
              .process(new Recalibration(settings), TypeInformation.of(ProducedRecord.class))
              .name("recalibrate")
              .uid(Uids.RECALIBRATE)
              .setParallelism(1));
    }
    if (settings.promotion().isOn()) {
      decisions.add(
          reports
              .filter(WindowReport::isForTests)
              .name("complete windows")
              .uid(Uids.TESTED)
              .keyBy(report -> model)
              .process(new Promotion(settings), TypeInformation.of(ProducedRecord.class))
              .name("promote")
              .uid(Uids.PROMOTE)
              .setParallelism(1));
    }
    decisions.stream()
        .reduce(DataStream::union)
        .ifPresent(
            all ->
                all.sinkTo(sinks.decisions())
                    .name("decisions")
                    .uid(Uids.DECISIONS)
                    .setParallelism(1));
    predictions
        .getSideOutput(InputSplit.DEAD_LETTERS)
        .union(labels.getSideOutput(InputSplit.DEAD_LETTERS))
        .sinkTo(sinks.deadLetters())
        .name("dead letters")
        .uid(Uids.DEAD_LETTERS);
  }

  private static SingleOutputStreamOperator<FeedbackEvent> events(
      StreamExecutionEnvironment env,
      Source<FeedbackInput, ?, ?> source,
      WatermarkStrategy<FeedbackInput> watermarks,
      String name,
      String uid) {
    return env.fromSource(source, watermarks, name, INPUT)
        .uid(uid)
        .process(new InputSplit(), TypeInformation.of(FeedbackEvent.class))
        .name("decoded " + name)
        .uid(uid + "-decoded");
  }

  /** Event time; what could not be decoded does not move it. */
  private static long time(FeedbackInput input, long kafkaTimestamp) {
    return input.event() == null ? Long.MIN_VALUE : input.event().time();
  }

  /** Names of the operators in savepoints. They must never change. */
  private static final class Uids {
    static final String PREDICTIONS = "feedback-predictions";
    static final String LABELS = "feedback-labels";
    static final String JOIN = "feedback-join";
    static final String WINDOWS = "feedback-windows";
    static final String ENCODE = "feedback-encode";
    static final String CALIBRATION = "feedback-calibration";
    static final String EVIDENCE = "feedback-evidence";
    static final String RECALIBRATE = "feedback-recalibrate";
    static final String TESTED = "feedback-tested";
    static final String PROMOTE = "feedback-promote";
    static final String DECISIONS = "feedback-decisions";
    static final String DEAD_LETTERS = "feedback-dead-letters";
  }
}
