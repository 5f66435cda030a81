package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.ScoringConfig;
import java.util.List;

/**
 * What a variant has to do, passed to its JVM as arguments.
 *
 * @param bootstrapServers broker
 * @param shape size of the model and of the feature records
 * @param parallelism number of subtasks, or of threads
 * @param delivery delivery guarantee of the Flink jobs, as in the option {@code delivery-guarantee}
 * @param kernel kernels that score, as in the option {@code kernel}
 */
record Workload(
    String bootstrapServers, Shape shape, int parallelism, String delivery, String kernel) {

  /** Feature records and predictions have the same number, so that every subtask has its share. */
  static final int PARTITIONS = 2;

  static final String MODELS_TOPIC = "models";

  List<String> toArguments() {
    return List.of(
        bootstrapServers, shape.toString(), Integer.toString(parallelism), delivery, kernel);
  }

  static Workload fromArguments(List<String> arguments) {
    return new Workload(
        arguments.get(0),
        new Shape.Converter().convert(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        arguments.get(3),
        arguments.get(4));
  }

  String featuresTopic() {
    return "features-" + shape;
  }

  Model model() throws InvalidModelException {
    return BenchmarkModel.of(shape);
  }

  /**
   * Configuration of the scoring job. The other variants take over what applies to them: topics,
   * guarantee, checkpoints and the properties of consumers and producers.
   *
   * <p>The defaults are for latency and throughput; linger is set for throughput alone. Checkpoints
   * come often enough for a run of a few seconds to have some.
   */
  ScoringConfig config(String predictionsTopic) throws ConfigurationException {
    return ScoringConfig.from(
        Arguments.parse(
            new String[] {
              "--bootstrap-servers",
              bootstrapServers,
              "--model",
              BenchmarkModel.name(shape),
              "--features-topic",
              featuresTopic(),
              "--predictions-topic",
              predictionsTopic,
              "--models-topic",
              MODELS_TOPIC,
              "--kernel",
              kernel,
              "--from",
              "earliest",
              "--bounded",
              "true",
              "--parallelism",
              Integer.toString(parallelism),
              "--delivery-guarantee",
              delivery,
              "--checkpoint-interval",
              "2s",
              "--micro-batch-size",
              "256",
              "--producer.linger.ms",
              "10",
            }));
  }
}
