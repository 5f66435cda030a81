package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * What a variant has to do, passed to its JVM as arguments.
 *
 * @param bootstrapServers broker
 * @param shape size of the model and of the feature records
 * @param parallelism number of subtasks, or of threads
 * @param delivery delivery guarantee of the Flink jobs, as in the option {@code delivery-guarantee}
 * @param checkpointInterval time between checkpoints of the Flink jobs, as in the option
 * @param kernel kernels that score, as in the option {@code kernel}
 * @param jobOptions further options of the scoring job, {@code --key=value}; they win
 */
record Workload(
    String bootstrapServers,
    Shape shape,
    int parallelism,
    String delivery,
    String checkpointInterval,
    String kernel,
    List<String> jobOptions) {

  /** What {@link #fromArguments} reads; further options of the scoring job may follow. */
  List<String> toArguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                bootstrapServers,
                shape.toString(),
                Integer.toString(parallelism),
                delivery,
                checkpointInterval,
                kernel));
    arguments.addAll(jobOptions);
    return arguments;
  }

  static Workload fromArguments(List<String> arguments) {
    return new Workload(
        arguments.get(0),
        new Shape.Converter().convert(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        arguments.get(3),
        arguments.get(4),
        arguments.get(5),
        arguments.subList(6, arguments.size()));
  }

  String featuresTopic() {
    return featuresTopic(shape);
  }

  static String featuresTopic(Shape shape) {
    return "features-" + shape;
  }

  Model model() throws InvalidModelException {
    return BenchmarkModel.of(shape);
  }

  /**
   * Configuration of the scoring job. The other variants take over what applies to them: topics,
   * guarantee, checkpoints and the properties of consumers and producers.
   *
   * <p>The defaults are for latency and throughput; linger is set for throughput alone.
   */
  ScoringConfig config(RunTopics topics) throws ConfigurationException {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", bootstrapServers);
    options.put("model", BenchmarkModel.name(shape));
    options.put("features-topic", featuresTopic());
    options.put("predictions-topic", topics.predictions());
    options.put("models-topic", topics.models());
    options.put("kernel", kernel);
    options.put("from", "earliest");
    options.put("bounded", "true");
    options.put("parallelism", Integer.toString(parallelism));
    options.put("delivery-guarantee", delivery);
    options.put("checkpoint-interval", checkpointInterval);
    options.put("producer.linger.ms", "10");
    options.putAll(Arguments.parse(JobOptions.SCORING, jobOptions.toArray(String[]::new)).toMap());
    return ScoringConfig.from(Configuration.fromMap(options));
  }
}
