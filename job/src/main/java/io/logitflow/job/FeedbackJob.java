package io.logitflow.job;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.Problem;
import io.logitflow.config.ReadingConfig;
import io.logitflow.config.TopicNames;
import io.logitflow.config.WindowConfig;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.TopicCheck;
import io.logitflow.connector.fetch.KafkaSources;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.feedback.FeedbackDeserializer;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.FeedbackReaders;
import io.logitflow.feedback.FeedbackSettings;
import io.logitflow.feedback.Windowing;
import io.logitflow.schema.Label;
import io.logitflow.schema.Prediction;
import io.logitflow.workflow.EventTime;
import io.logitflow.workflow.FeedbackWorkflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Joins labels with predictions and calibrates: {@code predictions + labels + models -> calibration
 * + decisions (+ dead letters, + recalibrated model versions)}.
 */
public final class FeedbackJob {

  /** Larger records are refused: Avro believes lengths in them before it has read what follows. */
  private static final int MAX_RECORD_BYTES = 16 << 20;

  private FeedbackJob() {}

  /**
   * Runs the job, or with {@code --help} prints its options.
   *
   * @param args options, see docs/configuration.md
   * @throws ConfigurationException with every problem of the options, the broker and the topics
   */
  public static void main(String[] args) throws Exception {
    new JobStart<>(
            JobOptions.FEEDBACK, FeedbackJob::configure, FeedbackJob::wire, FeedbackJob::name)
        .run(args);
  }

  /** Name of the job on a cluster. */
  public static String name(FeedbackConfig config) {
    return "logitflow feedback of " + config.model();
  }

  /**
   * Reads the options, and checks that the broker answers and that the topics exist.
   *
   * @throws ConfigurationException with every problem found
   */
  public static FeedbackConfig configure(Configuration options) throws ConfigurationException {
    return FeedbackConfig.from(options, FeedbackJob::topicProblems);
  }

  private static List<Problem> topicProblems(FeedbackConfig config) {
    TopicNames topics = config.topics();
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("predictions-topic", topics.predictions());
    needed.put("labels-topic", topics.labels());
    needed.put("models-topic", topics.models());
    needed.put("calibration-topic", topics.calibration());
    needed.put("decisions-topic", topics.decisions());
    needed.put("dead-letters-topic", topics.deadLetters());
    return new TopicCheck(config.kafka()).problems(needed);
  }

  /** Makes sources and sinks and defines the dataflow. */
  public static void wire(StreamExecutionEnvironment env, FeedbackConfig config) {
    ExecutionSettings.apply(env, config, config.stateBackend());

    TopicNames topics = config.topics();
    ReadingConfig reading = config.reading();
    KafkaSinks sinks = KafkaSinks.of(config.kafka(), config.delivery());
    FeedbackWorkflow.define(
        env,
        sources(config),
        new FeedbackWorkflow.Sinks(
            sinks.records(topics.calibration()),
            sinks.records(topics.decisions()),
            sinks.records(topics.deadLetters())),
        new EventTime(reading.maxOutOfOrderness(), reading.idleness()),
        settings(config));
  }

  private static FeedbackWorkflow.Sources sources(FeedbackConfig config) {
    TopicNames topics = config.topics();
    WireFormats formats = new WireFormats(config.registry());
    FeedbackReaders readers = new FeedbackReaders(config.delivery().deadLetterMaxBytes());
    FeedbackDeserializer predictions =
        readers.predictions(
            config.model(),
            formats.decoder(config.predictionFormat(), Prediction.class, MAX_RECORD_BYTES));
    FeedbackDeserializer labels =
        readers.labels(formats.decoder(config.labelFormat(), Label.class, MAX_RECORD_BYTES));
    return new FeedbackWorkflow.Sources(
        source(config, topics.predictions(), predictions), source(config, topics.labels(), labels));
  }

  private static Source<FeedbackInput, ?, ?> source(
      FeedbackConfig config, String topic, FeedbackDeserializer deserializer) {
    ReadingConfig reading = config.reading();
    return new KafkaSources(config.kafka()).records(topic, reading.range(), deserializer);
  }

  private static FeedbackSettings settings(FeedbackConfig config) {
    WindowConfig windows = config.windows();
    ModelTopic.Factory models = ModelTopic.of(config.kafka(), config.topics().models());
    return new FeedbackSettings(
        config.model(),
        Windowing.of(windows.length(), windows.maturity(), windows.retention()),
        windows.reportInterval(),
        config.recalibration(),
        config.promotion(),
        ModelDirectory.of(models, config.model()),
        models);
  }
}
