package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractInput;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorV2;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.Input;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.transformations.MultipleInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why the models are no second input of the dataflow with the feature source chained in: Flink
 * never completes a checkpoint of such a job. See docs/model-input.md. If this test fails, Flink
 * has learnt to, and the choice can be made anew.
 */
class ChainedSourceCheckpointITCase {

  @TempDir private Path dir;

  @Test
  void aCheckpointCompletesOnlyIfTheSourceIsNotChainedIntoTheMultipleInputOperator()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        EmbeddedCluster cluster = EmbeddedCluster.start(1, 2, new Configuration())) {
      for (String topic : List.of("features", "models")) {
        broker.createTopic(topic, 1, Map.of());
      }

      JobID apart = submit(cluster, broker, ChainingStrategy.HEAD);
      await(cluster, apart, seen -> seen.getCounts().getNumberOfCompletedCheckpoints() > 0);
      cluster.miniCluster().cancelJob(apart).get();

      JobID chained = submit(cluster, broker, ChainingStrategy.HEAD_WITH_SOURCES);
      CheckpointStatsSnapshot expired =
          await(cluster, chained, ChainedSourceCheckpointITCase::hasExpired);
      assertThat(expired.getCounts().getNumberOfCompletedCheckpoints()).isZero();
      cluster.miniCluster().cancelJob(chained).get();
    }
  }

  /** Not: failed because the tasks did not run yet. */
  private static boolean hasExpired(CheckpointStatsSnapshot seen) {
    FailedCheckpointStats failed = seen.getHistory().getLatestFailedCheckpoint();
    return failed != null && String.valueOf(failed.getFailureMessage()).contains("expired");
  }

  private static JobID submit(
      EmbeddedCluster cluster, EmbeddedBroker broker, ChainingStrategy chaining) throws Exception {
    StreamExecutionEnvironment env = cluster.environment();
    env.setParallelism(1);
    env.enableCheckpointing(100);
    env.getCheckpointConfig().setCheckpointTimeout(Duration.ofSeconds(4).toMillis());
    env.getCheckpointConfig().setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
    MultipleInputTransformation<String> both =
        new MultipleInputTransformation<>("both", new BothFactory(chaining), Types.STRING, 1);
    both.addInput(source(env, broker, "features").getTransformation());
    both.addInput(source(env, broker, "models").broadcast().getTransformation());
    env.addOperator(both);
    new MultipleConnectedStreams(env).transform(both).sinkTo(new DiscardingSink<>());
    return env.executeAsync(chaining.name()).getJobID();
  }

  private static DataStream<String> source(
      StreamExecutionEnvironment env, EmbeddedBroker broker, String topic) {
    KafkaSource<String> source =
        KafkaSource.<String>builder()
            .setBootstrapServers(broker.bootstrapServers())
            .setTopics(topic)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new SimpleStringSchema(StandardCharsets.UTF_8))
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), topic);
  }

  private static CheckpointStatsSnapshot await(
      EmbeddedCluster cluster, JobID job, Predicate<CheckpointStatsSnapshot> condition)
      throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (System.nanoTime() < deadline) {
      CheckpointStatsSnapshot snapshot =
          cluster.miniCluster().getExecutionGraph(job).get().getCheckpointStatsSnapshot();
      if (snapshot != null && condition.test(snapshot)) {
        return snapshot;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("The checkpoints did not get there within a minute");
  }

  /** Creates the operator. */
  private static final class BothFactory extends AbstractStreamOperatorFactory<String> {
    private static final long serialVersionUID = 1L;

    BothFactory(ChainingStrategy chaining) {
      setChainingStrategy(chaining);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
    public <T extends StreamOperator<String>> T createStreamOperator(
        StreamOperatorParameters<String> parameters) {
      return (T) new Both(parameters);
    }

    @Override
    public Class<? extends StreamOperator<?>> getStreamOperatorClass(ClassLoader classLoader) {
      return Both.class;
    }
  }

  /** Hands on what comes in on either input. */
  private static final class Both extends AbstractStreamOperatorV2<String>
      implements MultipleInputStreamOperator<String> {

    Both(StreamOperatorParameters<String> parameters) {
      super(parameters, 2);
    }

    @Override
    @SuppressWarnings("rawtypes") // So Flink declares it.
    public List<Input> getInputs() {
      return List.of(new HandOn(this, 1), new HandOn(this, 2));
    }

    /** An input. */
    @SuppressWarnings("unchecked") // What its superclass inherits from the runtime.
    private static final class HandOn extends AbstractInput<String, String> {
      HandOn(AbstractStreamOperatorV2<String> owner, int inputId) {
        super(owner, inputId);
      }

      @Override
      public void processElement(StreamRecord<String> element) {
        output.collect(element);
      }
    }
  }
}
