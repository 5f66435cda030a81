package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.KafkaSources;
import io.logitflow.connector.ProducedRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ceiling of a Flink job on this connector: the source and the sink of the scoring job with
 * nothing between them but a constant value of a prediction's size. No watermarks.
 */
final class PassthroughJob implements FlinkPipeline.Definition {

  private final byte[] prediction;

  PassthroughJob(Workload workload) {
    try {
      this.prediction = new Predictions(workload.model()).sample();
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void define(StreamExecutionEnvironment env, ScoringConfig config) {
    JobSettings.apply(env, config);
    env.getConfig().enableObjectReuse();
    env.fromSource(
            new KafkaSources(config.kafka())
                .records(config.topics().features(), config.from(), config.bounded()),
            WatermarkStrategy.noWatermarks(),
            "features")
        .map(new ConstantPrediction(prediction))
        .returns(ProducedRecord.class)
        .sinkTo(
            new KafkaSinks(
                    config.kafka(), config.delivery(), "passthrough", config.transactionTimeout())
                .records(config.topics().predictions()));
  }

  /** Answers every record with the same bytes under its own key. */
  private static final class ConstantPrediction
      implements MapFunction<ConsumedRecord, ProducedRecord> {

    private static final long serialVersionUID = 1L;

    private final byte[] prediction;

    ConstantPrediction(byte[] prediction) {
      this.prediction = prediction;
    }

    @Override
    public ProducedRecord map(ConsumedRecord record) {
      return new ProducedRecord(record.key(), prediction, record.timestamp());
    }
  }
}
