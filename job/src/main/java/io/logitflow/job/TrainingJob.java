package io.logitflow.job;

import io.logitflow.classifier.djl.Autograd;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.HiddenLayersConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.config.Problem;
import io.logitflow.config.ReadingConfig;
import io.logitflow.config.TopicNames;
import io.logitflow.config.TrainerOptions;
import io.logitflow.config.TrainingConfig;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.TopicCheck;
import io.logitflow.connector.fetch.KafkaSources;
import io.logitflow.connector.wire.WireFormats;
import io.logitflow.learning.ConfiguredTrainer;
import io.logitflow.learning.DecisionDeserializer;
import io.logitflow.learning.ModelTrainer;
import io.logitflow.learning.ShardedTrainer;
import io.logitflow.learning.TrainingReaders;
import io.logitflow.learning.TrainingSettings;
import io.logitflow.learning.TrainingSignal;
import io.logitflow.schema.Decision;
import io.logitflow.schema.Label;
import io.logitflow.workflow.EventTime;
import io.logitflow.workflow.TrainingWorkflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Trains models: {@code features + labels + models (+ drift alarms) -> models (a challenger) +
 * decisions + evaluations (+ dead letters)}.
 */
public final class TrainingJob {

  /** Larger records are refused: Avro believes lengths in them before it has read what follows. */
  private static final int MAX_RECORD_BYTES = 16 << 20;

  private TrainingJob() {}

  /**
   * Runs the job, or with {@code --help} prints its options.
   *
   * @param args options, see docs/configuration.md
   * @throws ConfigurationException with every problem of the options, the broker and the topics
   */
  public static void main(String[] args) throws Exception {
    new JobStart<>(
            JobOptions.TRAINING, TrainingJob::configure, TrainingJob::wire, TrainingJob::name)
        .run(args);
  }

  /** Name of the job on a cluster. */
  public static String name(TrainingConfig config) {
    return "logitflow training of " + config.model();
  }

  /**
   * Reads the options, and checks that the broker answers, that the topics exist, and that what
   * trains is on the class path.
   *
   * @throws ConfigurationException with every problem found
   */
  public static TrainingConfig configure(Configuration options) throws ConfigurationException {
    return TrainingConfig.from(options, TrainingJob::problems);
  }

  private static List<Problem> problems(TrainingConfig config) {
    List<Problem> problems = new ArrayList<>(topicProblems(config));
    engineProblem(config.trainer().hidden()).ifPresent(problems::add);
    return problems;
  }

  /** The class path here is that of the cluster, whose lib/ has the engine or lacks it. */
  static Optional<Problem> engineProblem(HiddenLayersConfig hidden) {
    return hidden.isLinear()
        ? Optional.empty()
        : Autograd.missing()
            .map(
                missing ->
                    new Problem(
                        TrainerOptions.HIDDEN_LAYERS.key(),
                        Optional.of(
                            hidden.units().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))),
                        missing));
  }

  private static List<Problem> topicProblems(TrainingConfig config) {
    TopicNames topics = config.topics();
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("features-topic", topics.features());
    needed.put("labels-topic", topics.labels());
    needed.put("models-topic", topics.models());
    needed.put("decisions-topic", topics.decisions());
    needed.put("evaluations-topic", topics.evaluations());
    needed.put("dead-letters-topic", topics.deadLetters());
    return new TopicCheck(config.kafka()).problems(needed);
  }

  /** Makes sources and sinks and defines the dataflow. */
  public static void wire(StreamExecutionEnvironment env, TrainingConfig config) {
    wire(env, config, ConfiguredTrainer.of(config.trainer()));
  }

  /** The same, with a trainer of one's own in place of that of the options, for one subtask. */
  public static void wire(
      StreamExecutionEnvironment env, TrainingConfig config, ModelTrainer.Factory trainer) {
    if (config.reading().range().bounded()) {
      ExecutionSettings.applyWithoutCheckpoints(env, config, config.stateBackend());
    } else {
      ExecutionSettings.apply(env, config, config.stateBackend());
    }

    TopicNames topics = config.topics();
    ReadingConfig reading = config.reading();
    KafkaSinks sinks = KafkaSinks.of(config.kafka(), config.delivery());
    TrainingWorkflow.define(
        env,
        sources(config),
        new TrainingWorkflow.Sinks(
            sinks.records(topics.decisions()),
            sinks.records(topics.evaluations()),
            sinks.records(topics.deadLetters())),
        new EventTime(reading.maxOutOfOrderness(), reading.idleness()),
        settings(config, trainer));
  }

  private static TrainingWorkflow.Sources sources(TrainingConfig config) {
    TopicNames topics = config.topics();
    WireFormats formats = new WireFormats(config.registry());
    KafkaSources sources = new KafkaSources(config.kafka());
    TrainingReaders readers = new TrainingReaders(config.delivery().deadLetterMaxBytes());
    return new TrainingWorkflow.Sources(
        sources.records(
            topics.features(),
            config.reading().range(),
            readers.features(formats.decoder(config.features()))),
        sources.records(
            topics.labels(),
            config.reading().range(),
            readers.labels(formats.decoder(config.labelFormat(), Label.class, MAX_RECORD_BYTES))),
        alarms(config, sources, formats));
  }

  /** A bounded run trains at its end and at no other time. */
  private static Optional<Source<TrainingSignal, ?, ?>> alarms(
      TrainingConfig config, KafkaSources sources, WireFormats formats) {
    if (config.reading().range().bounded() || !config.triggers().onDriftAlarm()) {
      return Optional.empty();
    }
    return Optional.of(
        sources.records(
            config.topics().decisions(),
            config.reading().range(),
            new DecisionDeserializer(
                config.model(),
                formats.decoder(WireFormat.SINGLE_OBJECT, Decision.class, MAX_RECORD_BYTES))));
  }

  private static TrainingSettings settings(TrainingConfig config, ModelTrainer.Factory trainer) {
    return new TrainingSettings(
        config.model(),
        config.classNames(),
        config.topics().features(),
        config.topics().labels(),
        config.maturity(),
        config.reading().range().bounded(),
        config.triggers(),
        config.sample(),
        config.publishing(),
        config.trainer().distillation(),
        trainer,
        new ShardedTrainer(config.trainer()),
        ModelTopic.of(config.kafka(), config.topics().models()));
  }
}
