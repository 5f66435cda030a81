package io.logitflow.benchmarks.feedback;

import io.logitflow.config.KafkaConfig;
import io.logitflow.config.PromotionConfig;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.config.RecalibrationMode;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.FeedbackSettings;
import io.logitflow.feedback.Windowing;
import io.logitflow.workflow.EventTime;
import io.logitflow.workflow.FeedbackWorkflow;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How fast predictions and labels are joined and summed, with sources in memory and without a
 * broker, which would take the cores that the job is to have.
 */
final class JoinMeasurement {

  private static final Duration DAY = Duration.ofDays(1);

  private JoinMeasurement() {}

  /**
   * Runs the dataflow once.
   *
   * @param records number of predictions, and of labels
   * @param backend state backend as Flink names it
   * @return predictions and labels per second, the start of the job included
   */
  static double recordsPerSecond(
      EmbeddedCluster cluster,
      FeedbackRecords feedback,
      long records,
      int parallelism,
      String backend)
      throws Exception {
    StreamExecutionEnvironment env =
        cluster.environment(new Configuration().set(StateBackendOptions.STATE_BACKEND, backend));
    env.setParallelism(parallelism);
    ModelTopic.Factory models =
        ModelTopic.of(new KafkaConfig("localhost:1", Map.of(), Map.of()), "models");
    FeedbackWorkflow.define(
        env,
        new FeedbackWorkflow.Sources(
            source(feedback::prediction, records), source(feedback::label, records)),
        new FeedbackWorkflow.Sinks(discard(), discard(), discard()),
        new EventTime(Duration.ofSeconds(5), Duration.ofMinutes(1)),
        new FeedbackSettings(
            FeedbackRecords.MODEL,
            Windowing.of(DAY, DAY, DAY),
            Duration.ofSeconds(10),
            new RecalibrationConfig(RecalibrationMode.OFF, DAY, 1_000, 1_000),
            PromotionConfig.NOTHING,
            ModelDirectory.of(models, FeedbackRecords.MODEL),
            models));
    long millis =
        env.execute("join with " + backend + " and parallelism " + parallelism)
            .getNetRuntime(TimeUnit.MILLISECONDS);
    return 2e3 * records / millis;
  }

  private static Source<FeedbackInput, ?, ?> source(
      GeneratorFunction<Long, FeedbackInput> generator, long records) {
    return new DataGeneratorSource<>(generator, records, TypeInformation.of(FeedbackInput.class));
  }

  private static DiscardingSink<ProducedRecord> discard() {
    return new DiscardingSink<>();
  }
}
