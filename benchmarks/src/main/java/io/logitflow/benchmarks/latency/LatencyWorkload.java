package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.BenchmarkModel;
import io.logitflow.benchmarks.pipeline.Shape;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.Arguments;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * What is the same in all runs, passed to the JVMs as arguments.
 *
 * @param bootstrapServers broker
 * @param shape size of the model and of the feature records
 * @param parallelism subtasks of the jobs
 */
record LatencyWorkload(String bootstrapServers, Shape shape, int parallelism) {

  static final String MODELS_TOPIC = "models";

  List<String> toArguments() {
    return List.of(bootstrapServers, shape.toString(), Integer.toString(parallelism));
  }

  static LatencyWorkload fromArguments(List<String> arguments) {
    return new LatencyWorkload(
        arguments.get(0),
        new Shape.Converter().convert(arguments.get(1)),
        Integer.parseInt(arguments.get(2)));
  }

  Model model() throws InvalidModelException {
    return BenchmarkModel.of(shape);
  }

  /**
   * Configuration of the job.
   *
   * @param options options of the variant, {@code key=value}; a later one wins
   */
  ScoringConfig config(String featuresTopic, String predictionsTopic, List<String> options)
      throws ConfigurationException {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap-servers", bootstrapServers);
    all.put("model", BenchmarkModel.name(shape));
    all.put("features-topic", featuresTopic);
    all.put("predictions-topic", predictionsTopic);
    all.put("models-topic", MODELS_TOPIC);
    all.put("from", "earliest");
    all.put("parallelism", Integer.toString(parallelism));
    for (String option : options) {
      all.putAll(Arguments.parse(JobOptions.SCORING, new String[] {"--" + option}).toMap());
    }
    return ScoringConfig.from(Configuration.fromMap(all));
  }
}
