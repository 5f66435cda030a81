package io.logitflow.job;

import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.Problem;
import io.logitflow.config.PromotionConfig;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.config.RecalibrationMode;
import io.logitflow.config.ReplayConfig;
import io.logitflow.config.ReplayMode;
import io.logitflow.config.TopicNames;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.FixedModelFeed;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.connector.TopicCheck;
import io.logitflow.connector.fetch.KafkaRunSource;
import io.logitflow.connector.fetch.KafkaSources;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.FeedbackReaders;
import io.logitflow.feedback.FeedbackSettings;
import io.logitflow.feedback.Windowing;
import io.logitflow.replay.AuditDeserializer;
import io.logitflow.replay.AuditReaders;
import io.logitflow.replay.AuditSettings;
import io.logitflow.replay.EvaluationSettings;
import io.logitflow.replay.ReignSettings;
import io.logitflow.schema.Label;
import io.logitflow.schema.Prediction;
import io.logitflow.scoring.ScoringSettings;
import io.logitflow.timeline.Timeline;
import io.logitflow.workflow.AuditWorkflow;
import io.logitflow.workflow.EvaluationWorkflow;
import io.logitflow.workflow.ReplaySinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Looks at the past again: {@code features + predictions + labels (bounded) + models (+ decisions)
 * -> evaluations (+ dead letters)}.
 */
public final class ReplayJob {

  /** Larger records are refused: Avro believes lengths in them before it has read what follows. */
  private static final int MAX_RECORD_BYTES = 16 << 20;

  /** Windows are reported when the input has ended, and not before. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private ReplayJob() {}

  /**
   * Runs the job, or with {@code --help} prints its options.
   *
   * @param args options, see docs/configuration.md
   * @throws ConfigurationException with every problem of the options, the broker, the topics and
   *     the models
   */
  public static void main(String[] args) throws Exception {
    new JobStart<>(
            JobOptions.REPLAY,
            ReplayJob::configure,
            (env, config) -> {
              var unused = wire(env, config);
            },
            ReplayJob::name)
        .run(args);
  }

  /** Name of the job on a cluster. */
  public static String name(ReplayConfig config) {
    return "logitflow replay of " + config.model() + " " + config.mode();
  }

  /**
   * Reads the options, and checks that the broker answers and that topics, model and versions
   * exist.
   *
   * @throws ConfigurationException with every problem found
   */
  public static ReplayConfig configure(Configuration options) throws ConfigurationException {
    return ReplayConfig.from(options, ReplayJob::problems);
  }

  private static List<Problem> problems(ReplayConfig config) {
    TopicNames topics = config.topics();
    Map<String, String> needed = new LinkedHashMap<>();
    if (config.mode() != ReplayMode.BY_TIMELINE || config.isByDecisions()) {
      needed.put("features-topic", topics.features());
    }
    if (config.mode() != ReplayMode.WITH_MODELS && !config.isByDecisions()) {
      needed.put("predictions-topic", topics.predictions());
    }
    if (config.isByDecisions()) {
      needed.put("decisions-topic", topics.decisions());
    }
    if (config.mode() == ReplayMode.AS_SERVED) {
      needed.put("dead-letters-topic", topics.deadLetters());
    } else {
      needed.put("labels-topic", topics.labels());
    }
    needed.put("models-topic", topics.models());
    needed.put("evaluations-topic", topics.evaluations());
    List<Problem> problems = new TopicCheck(config.kafka()).problems(needed);
    return problems.isEmpty() ? planProblems(config) : problems;
  }

  private static List<Problem> planProblems(ReplayConfig config) {
    try {
      var unused = ReplayPlan.of(config);
      return List.of();
    } catch (ModelTopicException e) {
      String key = config.mode() == ReplayMode.WITH_MODELS ? "models" : "model";
      return List.of(new Problem(key, Optional.empty(), e.getMessage()));
    } catch (IOException e) {
      return List.of(
          new Problem(
              "bootstrap-servers", Optional.of(config.kafka().bootstrapServers()), e.getMessage()));
    }
  }

  /**
   * Makes sources and sinks and defines the dataflow.
   *
   * @return what is read, and with which versions
   */
  public static ReplayPlan wire(StreamExecutionEnvironment env, ReplayConfig config) {
    ExecutionSettings.apply(env, config, config.stateBackend());
    ReplayPlan plan = plan(config);
    switch (config.mode()) {
      case AS_SERVED -> new Wiring(config, plan).audit(env);
      case WITH_MODELS -> new Wiring(config, plan).withModels(env);
      case BY_TIMELINE -> new Wiring(config, plan).byTimeline(env);
    }
    return plan;
  }

  /** It was found to be possible a moment ago. */
  private static ReplayPlan plan(ReplayConfig config) {
    try {
      return ReplayPlan.of(config);
    } catch (ModelTopicException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sources, sinks and settings of a run. */
  private record Wiring(ReplayConfig config, ReplayPlan plan) {

    void audit(StreamExecutionEnvironment env) {
      TopicNames topics = config.topics();
      AuditReaders readers = new AuditReaders(config.delivery().deadLetterMaxBytes());
      AuditDeserializer predictions =
          readers.predictions(
              config.model(),
              formats().decoder(config.predictionFormat(), Prediction.class, MAX_RECORD_BYTES));
      AuditWorkflow.define(
          env,
          new AuditWorkflow.Sources(
              source(
                  topics.features(),
                  readers.features(formats().decoder(config.features()), plan.featureCounts())),
              source(topics.predictions(), predictions)),
          sinks(),
          new AuditSettings(
              config.model(), models(), config.kernel(), config.delivery().deadLetterMaxBytes()),
          evaluation());
    }

    void withModels(StreamExecutionEnvironment env) {
      KafkaSources sources = new KafkaSources(config.kafka());
      String features = config.topics().features();
      workflow(env)
          .defineScored(
              KafkaRunSource.of(sources, features, plan.ranges().get(features).reading()),
              labels(),
              scoring(),
              formats().decoder(WireFormat.SINGLE_OBJECT, Prediction.class, MAX_RECORD_BYTES));
    }

    void byTimeline(StreamExecutionEnvironment env) {
      if (plan.timeline().isPresent()) {
        byDecisions(env, plan.timeline().get().timeline());
      } else {
        byPredictions(env);
      }
    }

    private void byDecisions(StreamExecutionEnvironment env, Timeline timeline) {
      String features = config.topics().features();
      workflow(env)
          .defineReigns(
              source(
                  features,
                  new AuditReaders(config.delivery().deadLetterMaxBytes())
                      .features(formats().decoder(config.features()), plan.featureCounts())),
              labels(),
              new ReignSettings(config.model(), models(), config.kernel(), timeline));
    }

    private void byPredictions(StreamExecutionEnvironment env) {
      workflow(env)
          .defineLogged(
              source(
                  config.topics().predictions(),
                  feedbackReaders()
                      .predictions(
                          config.model(),
                          formats()
                              .decoder(
                                  config.predictionFormat(), Prediction.class, MAX_RECORD_BYTES))),
              labels());
    }

    private EvaluationWorkflow workflow(StreamExecutionEnvironment env) {
      return new EvaluationWorkflow(env, sinks(), feedback(), evaluation());
    }

    private Source<FeedbackInput, ?, ?> labels() {
      return source(
          config.topics().labels(),
          feedbackReaders()
              .labels(formats().decoder(config.labelFormat(), Label.class, MAX_RECORD_BYTES)));
    }

    private <T> Source<T, ?, ?> source(
        String topic, KafkaRecordDeserializationSchema<T> deserializer) {
      return new KafkaSources(config.kafka())
          .records(topic, plan.ranges().get(topic).reading(), deserializer);
    }

    private FeedbackReaders feedbackReaders() {
      return new FeedbackReaders(config.delivery().deadLetterMaxBytes());
    }

    private WireFormats formats() {
      return new WireFormats(config.registry());
    }

    private ModelTopic.Factory models() {
      return ModelTopic.of(config.kafka(), config.topics().models());
    }

    private ReplaySinks sinks() {
      KafkaSinks sinks = KafkaSinks.of(config.kafka(), config.delivery());
      return new ReplaySinks(
          sinks.records(config.topics().evaluations()),
          sinks.records(config.topics().deadLetters()));
    }

    private EvaluationSettings evaluation() {
      return new EvaluationSettings(
          plan.describe(config), config.window(), config.maxDifferences());
    }

    private FeedbackSettings feedback() {
      return new FeedbackSettings(
          config.model(),
          Windowing.of(config.window(), config.retention(), config.retention()),
          NEVER,
          new RecalibrationConfig(RecalibrationMode.OFF, NEVER, 1, 1),
          PromotionConfig.NOTHING,
          ModelDirectory.of(models(), config.model()),
          models());
    }

    private ScoringSettings scoring() {
      return new ScoringSettings(
          config.model(),
          config.topics().models(),
          FixedModelFeed.of(
              models(), config.topics().models(), config.model(), plan.versionNumbers()),
          true,
          false,
          config.microBatch().maxSize(),
          config.microBatch().maxDelay(),
          config.microBatch().flushWhenIdle(),
          config.kernel(),
          config.device(),
          formats().decoder(config.features()),
          formats().predictionHeader(WireFormat.SINGLE_OBJECT, config.topics().predictions()),
          config.delivery().deadLetterMaxBytes());
    }
  }
}
