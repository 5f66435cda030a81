package io.logitflow.job;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.FeatureFormat;
import io.logitflow.config.JobOptions;
import io.logitflow.config.Problem;
import io.logitflow.config.ReadingConfig;
import io.logitflow.config.ScoringConfig;
import io.logitflow.config.TopicNames;
import io.logitflow.connector.KafkaModelFeed;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.TopicCheck;
import io.logitflow.connector.fetch.KafkaRunSource;
import io.logitflow.connector.fetch.KafkaSources;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.scoring.ScoringSettings;
import io.logitflow.workflow.EventTime;
import io.logitflow.workflow.ScoringWorkflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Scores the features topic: {@code features + models -> predictions (+ dead letters)}. */
public final class ScoringJob {

  private ScoringJob() {}

  /**
   * Runs the job, or with {@code --help} prints its options.
   *
   * @param args options, see docs/configuration.md
   * @throws ConfigurationException with every problem of the options, the broker and the topics
   */
  public static void main(String[] args) throws Exception {
    new JobStart<>(JobOptions.SCORING, ScoringJob::configure, ScoringJob::wire, ScoringJob::name)
        .run(args);
  }

  /** Name of the job on a cluster. */
  public static String name(ScoringConfig config) {
    return "logitflow scoring of " + config.model();
  }

  /**
   * Reads the options, and checks that the broker answers and that the topics exist.
   *
   * @throws ConfigurationException with every problem found
   */
  public static ScoringConfig configure(Configuration options) throws ConfigurationException {
    return ScoringConfig.from(options, ScoringJob::topicProblems);
  }

  private static List<Problem> topicProblems(ScoringConfig config) {
    TopicNames topics = config.topics();
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("features-topic", topics.features());
    needed.put("models-topic", topics.models());
    needed.put("predictions-topic", topics.predictions());
    needed.put("dead-letters-topic", topics.deadLetters());
    return new TopicCheck(config.kafka()).problems(needed);
  }

  /** Makes sources and sinks and defines the dataflow. */
  public static void wire(StreamExecutionEnvironment env, ScoringConfig config) {
    ExecutionSettings.apply(env, config);

    TopicNames topics = config.topics();
    ReadingConfig reading = config.reading();
    KafkaSources sources = new KafkaSources(config.kafka());
    KafkaSinks sinks = KafkaSinks.of(config.kafka(), config.delivery());
    ScoringWorkflow.define(
        env,
        KafkaRunSource.of(sources, topics.features(), reading.range()),
        new ScoringWorkflow.Sinks(
            sinks.records(topics.predictions()), sinks.records(topics.deadLetters())),
        new EventTime(reading.maxOutOfOrderness(), reading.idleness()),
        settings(config));
  }

  private static ScoringSettings settings(ScoringConfig config) {
    FeatureFormat features = config.features();
    WireFormats formats = new WireFormats(config.registry());
    return new ScoringSettings(
        config.model(),
        config.topics().models(),
        KafkaModelFeed.of(config.kafka(), config.topics().models()),
        config.reading().range().bounded(),
        config.shadowPrevious(),
        config.microBatch().maxSize(),
        config.microBatch().maxDelay(),
        config.microBatch().flushWhenIdle(),
        config.kernel(),
        config.device(),
        formats.decoder(features),
        formats.predictionHeader(config.predictionFormat(), config.topics().predictions()),
        config.delivery().deadLetterMaxBytes());
  }
}
